"""Payloads of workflows, encoded or as JSON."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

EncodedPayloadOptions: TypeAlias = (
    Literal["offloaded", "encrypted", "encrypted-partial", "compressed"] | str
)
"""How a payload is encoded. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class NetworkEncodedInput(Schema):
    """Input that is encoded: encrypted, compressed or offloaded.

    Attributes:
        b64payload: The encoded input in base64.
        encoding_options: How it is encoded, in the order of the steps.
        empty: Whether there is no input. Defaults to false.
    """

    b64payload: str
    encoding_options: Sequence[EncodedPayloadOptions] | None = None
    empty: bool | None = None


@final
@attrs.frozen(kw_only=True)
class SignalInvocationBodyNetworkEncodedInput(Schema):
    """Input of a signal that is encoded: encrypted, compressed or offloaded.

    Attributes:
        b64payload: The encoded input in base64.
        encoding_options: How it is encoded, in the order of the steps.
        empty: Whether there is no input.
    """

    b64payload: str
    encoding_options: Sequence[EncodedPayloadOptions] | None = None
    empty: bool | None = None


@final
@attrs.frozen(kw_only=True)
class JSONPayloadResponse(Schema):
    """A JSON payload: a complete state or a result.

    Attributes:
        type: `"json"`.
        value: The JSON value. If it is encoded, the encoded bytes in base64.
        encoding_options: How `value` is encoded. `None` if it is not.
    """

    type: Literal["json"] = "json"
    value: Any | None = None
    encoding_options: list[EncodedPayloadOptions] | None = None


@final
@attrs.frozen(kw_only=True)
class EncryptedPatchValue(Schema):
    """An encrypted value in a JSON patch.

    Attributes:
        type: `"__encrypted__"`.
        value: The encrypted value in base64.
    """

    type: Literal["__encrypted__"] = "__encrypted__"
    value: str | None = None


@final
@attrs.frozen(kw_only=True)
class JSONPatchAdd(Schema):
    """Add a value.

    Attributes:
        path: JSON pointer of the value to change.
        value: The value.
        op: `"add"`.
    """

    path: str | None = None
    value: Any | None = None
    op: Literal["add"] = "add"


@final
@attrs.frozen(kw_only=True)
class JSONPatchAppend(Schema):
    """Append text to a string. It is an extension of JSON Patch.

    Attributes:
        path: JSON pointer of the value to change.
        value: The text to append, or the encrypted text.
        op: `"append"`.
    """

    path: str | None = None
    value: EncryptedPatchValue | str
    op: Literal["append"] = "append"


@final
@attrs.frozen(kw_only=True)
class JSONPatchRemove(Schema):
    """Remove a value.

    Attributes:
        path: JSON pointer of the value to change.
        value: The value.
        op: `"remove"`.
    """

    path: str | None = None
    value: Any | None = None
    op: Literal["remove"] = "remove"


@final
@attrs.frozen(kw_only=True)
class JSONPatchReplace(Schema):
    """Replace a value.

    Attributes:
        path: JSON pointer of the value to change.
        value: The value.
        op: `"replace"`.
    """

    path: str | None = None
    value: Any | None = None
    op: Literal["replace"] = "replace"


JSONPatch: TypeAlias = JSONPatchAdd | JSONPatchAppend | JSONPatchRemove | JSONPatchReplace | Unknown
"""An operation of a JSON patch, discriminated by `op`."""


@final
@attrs.frozen(kw_only=True)
class JSONPatchPayloadResponse(Schema):
    """A payload with changes to a state, as a JSON patch.

    Attributes:
        type: `"json_patch"`.
        value: The changes. If they are encoded, the encoded bytes in base64.
        encoding_options: How `value` is encoded. `None` if it is not.
    """

    type: Literal["json_patch"] = "json_patch"
    value: list[JSONPatch] | str = attrs.field(factory=list[JSONPatch])
    encoding_options: list[EncodedPayloadOptions] | None = None
