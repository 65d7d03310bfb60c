"""Schemas of fill-in-the-middle completions."""

from typing import final

import attrs

from mistral_core import Schema, UnixTime
from mistral_funcs.schemas.shared.completions import ChatCompletionChoice
from mistral_funcs.schemas.shared.usage import UsageInfo


@final
@attrs.frozen(kw_only=True)
class FIMCompletionResponse(Schema):
    """A fill-in-the-middle completion.

    Attributes:
        id: ID of the response. Empty if the server sent none.
        object: `"chat.completion"`.
        model: ID of the model.
        usage: Token usage.
        created: Time of creation, in seconds since the Unix epoch.
        choices: Alternative completions.
    """

    id: str = ""
    object: str | None = None
    model: str | None = None
    usage: UsageInfo = attrs.field(factory=UsageInfo)
    created: UnixTime | None = None
    choices: list[ChatCompletionChoice] = attrs.field(factory=list[ChatCompletionChoice])

    @property
    def text(self) -> str:
        """The text of the first choice. Empty if it has none."""
        message = self.choices[0].message if self.choices else None
        return message.text if message else ""
