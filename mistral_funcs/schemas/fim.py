"""The answer of a completion that fills in the middle."""

from typing import final

import attrs

from mistral_core import Schema, UnixTime
from mistral_funcs.schemas.shared.completions import ChatCompletionChoice
from mistral_funcs.schemas.shared.usage import UsageInfo


@final
@attrs.frozen(kw_only=True)
class FIMCompletionResponse(Schema):
    """Fill in the middle.

    Attributes:
        id: The id of the response; empty if the server sent none.
        object: `"chat.completion"`.
        model: The model that answered.
        usage: What it took.
        created: When it was made, in seconds since 1970.
        choices: The answers to choose from.
    """

    id: str = ""
    object: str | None = None
    model: str | None = None
    usage: UsageInfo = attrs.field(factory=UsageInfo)
    created: UnixTime | None = None
    choices: list[ChatCompletionChoice] = attrs.field(factory=list[ChatCompletionChoice])

    @property
    def text(self) -> str:
        """The whole text of the first choice; empty if it has none."""
        message = self.choices[0].message if self.choices else None
        return message.text if message else ""
