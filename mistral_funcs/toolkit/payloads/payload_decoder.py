"""Decoding of the payloads in the JSON of a response."""

from typing import Any, Final, cast, final

import attrs

from mistral_core import ResponseValidationError
from mistral_core.http.headers import request_id
from mistral_core.http.messages import Response
from mistral_funcs.toolkit.payloads.payload_codec import PayloadCodec
from mistral_funcs.toolkit.payloads.payload_encryption import from_base64
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError
from mistral_funcs.toolkit.payloads.payload_json import from_json, to_json
from mistral_funcs.toolkit.payloads.payload_operations import Output
from mistral_funcs.toolkit.payloads.payload_threads import in_thread_if_large

ENCRYPTED_VALUE: Final = "__encrypted__"
"""Type of a single encrypted value in a JSON patch."""


@final
@attrs.define(eq=False, repr=False)
class PayloadDecoder:
    """A decoder of the payloads of one response, in place.

    Attributes:
        codec: The encoding.
        response: The response, for errors.
        max_bytes: Size limit of all of its payloads.
        count: Number of payloads so far.
        size: Their size in bytes.
    """

    codec: PayloadCodec
    response: Response
    max_bytes: int
    count: int = 0
    size: int = 0

    async def decode(self, body: Any, output: Output) -> None:
        """Decode the payloads of a response.

        Raises:
            ResponseValidationError: A payload cannot be decoded.
            APIConnectionError: The storage failed.
        """
        if output == "result":
            await self._decode_field(body, "result", "$")
        elif output == "schedule":
            await self._decode_field(body, "input", "$")
        elif output == "schedules":
            for index, schedule in enumerate(_items(_get(body, "schedules"))):
                await self._decode_field(schedule, "input", f"$.schedules[{index}]")
        elif output == "events":
            for index, event in enumerate(_items(_get(body, "events"))):
                await self._decode_event(event, f"$.events[{index}]")
        else:  # An event of a stream, in its envelope.
            await self._decode_event(_get(body, "data"), "$.data")

    async def encode(self, body: object, original: bytes) -> bytes:
        """Return a body as JSON, or the original if it has no payloads.

        Raises:
            ResponseValidationError: It is nested too deeply.
        """
        if not self.count:
            return original
        try:
            return await in_thread_if_large(to_json, body, size=len(original) + self.size)
        except PayloadError as error:
            raise self._invalid(f"A payload cannot be decoded: {error}", "$") from None

    async def _decode_field(self, holder: object, name: str, path: str) -> None:
        encoded = _get(holder, name)
        if isinstance(_get(encoded, "b64payload"), str):
            fields = cast("dict[str, object]", holder)
            fields[name] = await self._value(encoded, "b64payload", f"{path}.{name}")

    async def _decode_event(self, event: object, path: str) -> None:
        attributes = _get(event, "attributes")
        if not isinstance(attributes, dict):
            return
        fields = cast("dict[str, object]", attributes)
        for name, payload in list(fields.items()):
            if _get(payload, "encoding_options"):
                place = f"{path}.attributes.{name}"
                fields[name] = await self._payload(cast("dict[str, Any]", payload), place)

    async def _payload(self, payload: dict[str, Any], path: str) -> dict[str, object]:
        """Return the payload of an event without encoding."""
        value, options = payload.get("value"), payload["encoding_options"]
        if isinstance(value, list) and options == ["encrypted-partial"]:
            changes = enumerate(cast("list[object]", value))
            decoded: object = [
                await self._change(each, f"{path}.value[{index}]") for index, each in changes
            ]
        else:
            decoded = await self._value(payload, "value", f"{path}.value")
        return {**payload, "value": decoded, "encoding_options": []}

    async def _change(self, change: Any, path: str) -> object:
        """Return an operation of a JSON patch with its value decrypted."""
        value = _get(change, "value")
        if _get(value, "type") != ENCRYPTED_VALUE:
            return change
        encrypted = {"value": _get(value, "value"), "encoding_options": ["encrypted"]}
        return {**change, "value": await self._value(encrypted, "value", f"{path}.value")}

    async def _value(self, encoded: object, field: str, path: str) -> object:
        """Return an encoded value."""
        self.count += 1
        try:
            return await self._plain(encoded, field)
        except PayloadError as error:
            message = f"A payload cannot be decoded: {error}"
        except ResponseValidationError as error:
            message = error.message
        raise self._invalid(message, path)

    def _invalid(self, message: str, path: str) -> ResponseValidationError:
        return ResponseValidationError(
            message,
            path=path,
            status=self.response.status,
            request_id=request_id(self.response.headers),
            headers=self.response.headers,
        )

    async def _plain(self, encoded: object, field: str) -> object:
        options: object = _get(encoded, "encoding_options") or []
        text = _get(encoded, field)
        if text == "" and _get(encoded, "empty") is True:
            return None
        if not isinstance(options, list) or not isinstance(text, str):
            raise PayloadError("it has no known form")
        data = await in_thread_if_large(from_base64, text)
        steps = cast("list[object]", options)
        decoded = (
            await self.codec.decode(data, steps, max_bytes=self.max_bytes - self.size)
        ).unwrap()
        self.size += len(decoded)
        if self.size > self.max_bytes:
            raise PayloadError("the payloads are larger than `max_response_bytes`")
        return await in_thread_if_large(from_json, decoded)


def _get(value: object, name: str) -> Any:
    return cast("dict[str, Any]", value).get(name) if isinstance(value, dict) else None


def _items(value: object) -> list[Any]:
    return cast("list[object]", value) if isinstance(value, list) else []
