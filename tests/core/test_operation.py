"""Operations: how arguments are encoded in the request."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given, strategies as st

from mistral_core import JSON, UNSET, InvalidRequestError, Operation
from mistral_core.request.encode import encode_fields
from mistral_core.request.parameters import target_of

GET = Operation("GET", "/v1/models/{model_id}", returns=JSON(dict[str, Any]))
LIST = Operation("GET", "/v1/models", returns=JSON(dict[str, Any]))
PATCH = Operation("PATCH", "/v1/x", returns=JSON(dict[str, Any]), nullable=("name",))


@pytest.mark.parametrize(
    ("model_id", "segment"),
    [
        (
            "ft:open-mistral-7b:587a6b29:20240514:7e773925",
            "ft:open-mistral-7b:587a6b29:20240514:7e773925",
        ),
        ("a/b", "a%2Fb"),
        ("a?b=c", "a%3Fb=c"),
        ("a#b", "a%23b"),
        ("a%2Fb", "a%252Fb"),
        ("a b", "a%20b"),
        ("é", "%C3%A9"),
        ("...", "..."),
        ("a;b", "a%3Bb"),
        (";", "%3B"),
        ("...;", "...%3B"),
        ("a..;jsessionid=1", "a..%3Bjsessionid=1"),
        ("{model_id}", "%7Bmodel_id%7D"),
        ("x" * 2000, "x" * 2000),
        (7, "7"),
    ],
)
def test_an_id_is_one_path_segment(model_id: str | int, segment: str) -> None:
    """Whatever characters it contains."""
    assert target_of(GET, {"model_id": model_id}, {}) == f"/v1/models/{segment}"


@pytest.mark.parametrize(
    "model_id",
    [
        "",
        ".",
        "..",
        "../files/x",
        "a/../b",
        "a/.",
        "..\\files",
        "..;",
        ".;x",
        "..;/files",
        "a/..;jsessionid=1/b",
        "a\\..;",
        "a\nb",
        "a\0b",
        "\x7f",
        "\ud800",
        None,
        True,
        b"x",
    ],
)
def test_an_id_with_path_segments_is_refused(model_id: object) -> None:
    """The error names the argument."""
    with pytest.raises(InvalidRequestError, match="`model_id`") as raised:
        target_of(GET, {"model_id": model_id}, {})
    assert raised.value.param == "model_id"


@given(st.text())
def test_any_string_is_one_segment_or_refused(model_id: str) -> None:
    """The segment decodes to the string."""
    try:
        target = target_of(GET, {"model_id": model_id}, {})
    except InvalidRequestError:
        return
    head, _, segment = target.rpartition("/")
    assert head == "/v1/models"
    assert unquote(segment, errors="strict") == model_id
    assert not set("?#\\; \r\n") & set(segment)
    assert segment not in ("", ".", "..")


@pytest.mark.parametrize(
    ("value", "query"),
    [
        (None, ""),
        (UNSET, ""),
        ([], ""),
        ("", "?q="),
        ("a b&c=d/é", "?q=a%20b%26c%3Dd%2F%C3%A9"),
        (True, "?q=true"),
        (False, "?q=false"),
        (7, "?q=7"),
        (0.5, "?q=0.5"),
        (["a", 1, None], "?q=a&q=1"),
        (("a",), "?q=a"),
        ({}, ""),
        ({"a": 1, "b c": ["x", "y"], "d": None}, "?a=1&b%20c=x&b%20c=y"),
        (datetime(2025, 6, 1, tzinfo=UTC), "?q=2025-06-01T00%3A00%3A00%2B00%3A00"),
    ],
)
def test_a_query_is_encoded(value: object, query: str) -> None:
    """`None` and empty lists are absent. An object is one parameter per key."""
    assert target_of(LIST, {}, {"q": value}) == f"/v1/models{query}"


class Broken(Mapping[str, object]):
    """A mapping that cannot be read."""

    def __getitem__(self, key: str) -> object:
        """Raise an error."""
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Raise an error."""
        raise RuntimeError("no database")

    def __len__(self) -> int:
        """Return 1."""
        return 1


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Broken(),
        {"a": {"b": 1}},
        {"q": 1},
        {1: "a"},
        b"x",
        object(),
        datetime(2025, 6, 1),  # noqa: DTZ001
        "\ud800",
    ],
)
def test_an_invalid_query_is_refused(value: object) -> None:
    """Such as a date without a time zone, or a key with the name of a parameter."""
    with pytest.raises(InvalidRequestError):
        target_of(LIST, {}, {"q": value})


@given(
    st.dictionaries(st.text(min_size=1), st.text() | st.lists(st.text(), min_size=1), max_size=4)
)
def test_any_query_decodes_to_its_values(query: dict[str, str | list[str]]) -> None:
    """Decoded by the rules of forms."""
    pairs = [(k, v) for k, vs in query.items() for v in (vs if isinstance(vs, list) else [vs])]
    try:
        target = target_of(LIST, {}, query)
    except InvalidRequestError:
        return
    assert parse_qsl(target.partition("?")[2], keep_blank_values=True) == pairs


def test_a_body_is_compact_utf_8() -> None:
    """`UNSET` and optional `None` are absent. `None` is `null` if the field is nullable."""
    body = encode_fields(
        PATCH, {"name": None, "other": None, "gone": UNSET, "n": [0, "é", {"a": None}], "no": False}
    )
    assert body == '{"name":null,"n":[0,"é",{"a":null}],"no":false}'.encode()


CYCLE: list[object] = []
CYCLE.append(CYCLE)


@pytest.mark.parametrize(
    "value",
    [float("nan"), object(), b"x", "\ud800", {1: {2}}, CYCLE, datetime(2025, 6, 1)],  # noqa: DTZ001
)
def test_a_body_that_cannot_be_encoded_is_refused(value: object) -> None:
    """With an error of this package."""
    with pytest.raises(InvalidRequestError, match="cannot be encoded as JSON"):
        encode_fields(PATCH, {"x": value})
