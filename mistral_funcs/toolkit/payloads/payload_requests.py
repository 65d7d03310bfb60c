"""Encoding of the inputs in requests."""

import base64
import json
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_DNS, uuid4, uuid5

import attrs

from mistral_core.http.messages import Request
from mistral_funcs.toolkit.payloads.payload_codec import PayloadCodec, in_thread_if_large

EXECUTE: Final = (
    "/v1/workflows/{workflow_identifier}/execute",
    "/v1/workflows/registrations/{workflow_registration_id}/execute",
)
SEND: Final = (
    "/v1/workflows/executions/{execution_id}/signals",
    "/v1/workflows/executions/{execution_id}/queries",
    "/v1/workflows/executions/{execution_id}/updates",
)
SCHEDULES: Final = "/v1/workflows/schedules"
ONE_SCHEDULE: Final = "/v1/workflows/schedules/{schedule_id}"


async def encode_request(codec: PayloadCodec, request: Request) -> Request:
    """Return a request with its input encoded, if it has one.

    Raises:
        InvalidRequestError: The input cannot be encoded.
        APIConnectionError: The storage failed.
    """
    template, content = request.path_template, request.body
    scheduled = (request.method, template) in {("POST", SCHEDULES), ("PATCH", ONE_SCHEDULE)}
    if not isinstance(content, bytes) or not (scheduled or template in EXECUTE + SEND):
        return request
    body: dict[str, Any] = await in_thread_if_large(json.loads, content)
    holder: dict[str, Any] = body.get("schedule") or {} if scheduled else body
    value = holder.get("input")
    if value is None:
        return request
    execution_id: str | None = None
    if template in EXECUTE:
        execution_id = body["execution_id"] = body.get("execution_id") or _new_id(request)
    elif template in SEND:
        execution_id = _identifier(request)
    size = len(content)
    data = await in_thread_if_large(to_json, value, size=size)
    payload = (await codec.encode(data, execution_id=execution_id)).unwrap()
    sent: dict[str, object] = {
        "b64payload": base64.b64encode(payload.data).decode(),
        "encoding_options": payload.options,
        "empty": False,
    }
    if template == SCHEDULES:
        sent["input_hash"] = await in_thread_if_large(codec.input_hash, value, size=size)
    if template in EXECUTE:
        body |= {"input": None, "encoded_input": sent}
    else:
        holder["input"] = sent
    return attrs.evolve(request, body=await in_thread_if_large(to_json, body, size=size))


def to_json(value: object) -> bytes:
    """Return a value as compact JSON in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def _identifier(request: Request) -> str:
    """Return the ID in the URL of an execution or a workflow."""
    return unquote(urlsplit(request.url).path.split("/")[-2])


def _new_id(request: Request) -> str:
    """Return a new ID for the execution of a workflow."""
    seeds = _identifier(request), uuid4().hex
    return "".join(uuid5(NAMESPACE_DNS, seed).hex for seed in seeds)
