"""Encoding of the inputs in requests."""

import base64
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias, cast, final
from uuid import NAMESPACE_DNS, uuid4, uuid5

import attrs

from mistral_core import InvalidRequestError
from mistral_core.http.messages import Request
from mistral_funcs.toolkit.payloads.payload_codec import PayloadCodec
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError
from mistral_funcs.toolkit.payloads.payload_json import from_json, to_json
from mistral_funcs.toolkit.payloads.payload_offloading import AskNamespace
from mistral_funcs.toolkit.payloads.payload_operations import Payloads, payloads_of
from mistral_funcs.toolkit.payloads.payload_threads import in_thread_if_large

NamespaceOf: TypeAlias = Callable[[Request], Awaitable[str]]
"""Returns the namespace of the workflows at the server of a request."""


@final
class EncodedBody(bytes):
    """A request body whose input is encoded."""


async def encode_request(codec: PayloadCodec, request: Request, namespace: NamespaceOf) -> Request:
    """Return a request with its input encoded, if it has one.

    Args:
        codec: The encoding.
        request: The request.
        namespace: Called if a payload is offloaded and the codec has no namespace.

    Raises:
        MistralError: The input cannot be encoded, so it must not be sent.
    """
    payloads, content = payloads_of(request), request.body
    if payloads is None or payloads.input is None or content is None:
        return request
    if isinstance(content, EncodedBody):
        return request
    try:
        ask = partial(namespace, request)
        encoded = await _encode_body(codec, payloads, content, ask)
    except PayloadError as error:
        raise InvalidRequestError(f"The payload cannot be encoded: {error}") from None
    return request if encoded is None else attrs.evolve(request, body=EncodedBody(encoded))


async def _encode_body(
    codec: PayloadCodec, payloads: Payloads, content: object, ask_namespace: AskNamespace
) -> bytes | None:
    """Return a body with its input encoded, or `None` if it has no input."""
    if not isinstance(content, bytes):
        raise PayloadError("the body is not JSON")
    size = len(content)
    body: Any = await in_thread_if_large(from_json, content)
    holder = _holder(body, payloads)
    value = holder.get("input")
    if value is None:
        return None
    execution_id: str | None = None
    if payloads.input == "execution":
        execution_id = body["execution_id"] = body.get("execution_id") or _new_id(payloads)
    elif payloads.input == "invocation":
        execution_id = payloads.identifier
    data = await in_thread_if_large(to_json, value, size=size)
    result = await codec.encode(data, execution_id=execution_id, ask_namespace=ask_namespace)
    payload = result.unwrap()
    text = await in_thread_if_large(base64.b64encode, payload.data)
    sent: dict[str, object] = {
        "b64payload": text.decode(),
        "encoding_options": payload.options,
        "empty": False,
    }
    if payloads.input == "new schedule":
        sent["input_hash"] = await in_thread_if_large(codec.input_hash, value, size=size)
    if payloads.input == "execution":
        body |= {"input": None, "encoded_input": sent}
    else:
        holder["input"] = sent
    return await in_thread_if_large(to_json, body, size=len(text))


def _holder(body: Any, payloads: Payloads) -> dict[str, Any]:
    """Return the part of a body that may have an input."""
    holder = body
    if payloads.input in ("new schedule", "schedule") and isinstance(body, dict):
        holder = cast("dict[str, object]", body).get("schedule")
    if holder is None:
        return {}
    if not isinstance(holder, dict):
        raise PayloadError("the body does not match the operation")
    return cast("dict[str, Any]", holder)


def _new_id(payloads: Payloads) -> str:
    """Return a new ID for the execution of a workflow."""
    seeds = payloads.identifier, uuid4().hex
    return "".join(uuid5(NAMESPACE_DNS, seed).hex for seed in seeds)
