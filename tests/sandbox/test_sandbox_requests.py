"""Responses of the sandbox to requests that the client would never send."""

import json

import pytest

from mistral_core import Request
from mistral_core.http.secret import Secret
from mistral_funcs.sandbox import Sandbox

UPDATE = "/v1/fine_tuning/models/ft:open-mistral-7b:587a6b29:20240514:7e773925"


async def respond(method: str, target: str, body: bytes | None = None) -> tuple[int, object]:
    """Return the status and the JSON of a new sandbox's response."""
    sandbox = Sandbox()
    response = await sandbox.send(
        Request(
            method=method,
            url=target,
            path_template=target,
            body=body,
            authorization=Secret(f"Bearer {sandbox.api_key}"),
        )
    )
    return response.status, json.loads(response.body)


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/models/", 404),
        ("GET", "/v1/models/a/b", 404),
        ("PUT", "/v1/models", 405),
    ],
)
async def test_an_unknown_route_is_refused(method: str, target: str, status: int) -> None:
    """With 404 for a path, and 405 for a method."""
    assert (await respond(method, target))[0] == status


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (None, "missing"),
        (b"{", "json_invalid"),
        (b"[]", "model_attributes_type"),
        (b'{"description": 1}', "string_type"),
    ],
)
async def test_an_invalid_body_is_refused(body: bytes | None, kind: str) -> None:
    """With 422, in the shape of the API."""
    status, content = await respond("PATCH", UPDATE, body)
    assert status == 422
    assert isinstance(content, dict)
    assert content["detail"][0]["type"] == kind


async def test_an_encoded_slash_stays_in_its_segment() -> None:
    """`a%2Fb` is a single ID, not another route."""
    status, body = await respond("GET", "/v1/models/a%2Fb")
    assert status == 404
    assert isinstance(body, dict)
    assert body["message"] == "No model matches 'a/b'."
