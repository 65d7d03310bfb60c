"""Objects in a query: as JSON, or as a parameter for each key."""

from collections.abc import Mapping
from typing import Any, final
from urllib.parse import parse_qsl, urlsplit

import attrs
import pytest

from mistral_core import (
    JSON,
    UNSET,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    RequestOptions,
    Result,
    Schema,
    operation,
)
from mistral_core.testing import ScriptedTransport, json_response


@final
@attrs.frozen(kw_only=True)
class Filters(Schema):
    """Filters of a list."""

    red: bool | None = None
    suits: list[str] | None = None


@operation("GET", "/v1/cards", returns=JSON(dict[str, Any]), json_text=("metadata",))
async def cards_list(
    client: MistralCore,
    *,
    metadata: Mapping[str, Any] | Filters | None = None,
    filters: Filters | Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[dict[str, Any], Failure]:
    """List cards."""
    ...


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"metadata": {"a": [1, "é"], "b": None}}, [("metadata", '{"a":[1,"é"],"b":null}')]),
        ({"metadata": Filters(red=True)}, [("metadata", '{"red":true}')]),
        ({"metadata": {}}, [("metadata", "{}")]),
        ({"metadata": None}, []),
        ({"metadata": UNSET}, []),
        ({"filters": {"red": True, "suits": ["a", "b"]}}, None),
        ({"filters": Filters(red=True, suits=["a", "b"])}, None),
        ({"filters": Filters()}, []),
    ],
)
async def test_object_in_a_query(
    arguments: dict[str, Any], expected: list[tuple[str, str]] | None
) -> None:
    """`null` is left out, as in all query parameters."""
    transport = ScriptedTransport(json_response({}))
    (await cards_list(MistralCore("key", transport=transport), **arguments)).unwrap()
    (request,) = transport.requests
    separate = [("red", "true"), ("suits", "a"), ("suits", "b")]
    assert parse_qsl(urlsplit(request.url).query) == (separate if expected is None else expected)


async def test_object_that_is_not_json_is_refused() -> None:
    """The error names the parameter."""
    client = MistralCore("key", transport=ScriptedTransport())
    result = await cards_list(client, metadata={"a": object()})
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param == "metadata"
    assert str(result.error).startswith("`metadata` cannot be encoded as JSON: ")
