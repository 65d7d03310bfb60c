"""Unusual arguments of a caller: refused with a clear error, or sent as intended."""

import copy
import pickle
from collections.abc import Callable
from enum import IntEnum, StrEnum
from typing import Any

import pytest

from mistral_core import JSON, Headers, InvalidRequestError, Operation, SDKError
from mistral_core.http.headers import check_headers
from mistral_core.http.servers import check_server_url
from mistral_core.request.encode import encode_fields
from mistral_core.request.parameters import target_of

GET = Operation("GET", "/v1/{a}/{b}", returns=JSON(dict[str, Any]))
LIST = Operation("GET", "/v1/x", returns=JSON(dict[str, Any]))


class Model(StrEnum):
    """An enum of models in an application."""

    SMALL = "mistral-small"


class Size(IntEnum):
    """An enum of page sizes."""

    LARGE = 100


def test_custom_enums_are_sent_by_value() -> None:
    """In the path, in the query and in a body."""
    target = target_of(
        GET, {"a": Model.SMALL, "b": "x"}, {"model": Model.SMALL, "size": Size.LARGE}
    )
    assert target == "/v1/mistral-small/x?model=mistral-small&size=100"
    body = encode_fields(LIST, {"model": Model.SMALL, "size": Size.LARGE})
    assert body == b'{"model":"mistral-small","size":100}'


def test_a_parameter_that_looks_like_a_template_is_not_expanded() -> None:
    """In any order of the parameters."""
    assert target_of(GET, {"a": "{b}", "b": "{a}"}, {}) == "/v1/%7Bb%7D/%7Ba%7D"


def test_a_mapping_is_sent_as_written() -> None:
    """Its `None` values are `null`. Only top-level fields of the body are left out."""
    assert encode_fields(LIST, {"m": [{"role": None, "content": ""}]}) == (
        b'{"m":[{"role":null,"content":""}]}'
    )


def test_a_huge_integer_in_a_query_is_refused() -> None:
    """With an error of this package, as in a body."""
    with pytest.raises(InvalidRequestError):
        encode_fields(LIST, {"q": 10**5000})
    with pytest.raises(InvalidRequestError):
        target_of(LIST, {}, {"q": 10**5000})


def test_a_list_that_contains_itself_is_refused() -> None:
    """With an error of this package, as in a body."""
    cycle: list[object] = []
    cycle.append(cycle)
    with pytest.raises(InvalidRequestError):
        target_of(LIST, {}, {"q": cycle})


def test_a_header_that_is_not_unicode_is_refused() -> None:
    """The error names the header."""
    with pytest.raises(ValueError, match="header"):
        check_headers({"x-name": "\ud800"})


@pytest.mark.parametrize(
    "url",
    [
        "http://user:pa55w0rd@host",
        "htps://user:pa55w0rd@host",
        "http://user:pa55 w0rd@host",
        "user:pa55w0rd@host",
        "http:/user:pa55w0rd@host",
        "http:///user:pa55w0rd@host",
        "http://user:pa55/w0rd@host",
        "http://user:pa55#w0rd@host",
        "http://user@pa55w0rd@host:99999",
        "http://user:pa55w0rd@[::1",
    ],
)
def test_a_password_in_a_server_url_is_not_shown(url: str) -> None:
    """The URL is refused, and the error may be logged."""
    with pytest.raises(ValueError, match="URL") as raised:
        check_server_url(url)
    assert "pa55" not in str(raised.value)


def test_headers_do_not_contain_keys_of_other_types() -> None:
    """`in` and `get` accept them, as in any mapping."""
    asked: Any = 7
    assert asked not in Headers([("a", "b")])
    assert Headers([("a", "b")]).get(asked) is None


@pytest.mark.parametrize("way", ["copy", "deepcopy", "pickle"])
def test_notes_stay_with_an_error(way: str) -> None:
    """When it is copied or pickled, as with built-in exceptions."""
    error = SDKError("x", 500)
    error.add_note("while deleting m")
    twins: dict[str, Callable[[SDKError], SDKError]] = {
        "copy": copy.copy,
        "deepcopy": copy.deepcopy,
        "pickle": lambda each: pickle.loads(pickle.dumps(each)),  # noqa: S301
    }
    assert twins[way](error).__notes__ == ["while deleting m"]
