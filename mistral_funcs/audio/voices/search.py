"""GET /v2/audio/voices."""

from collections.abc import Sequence
from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.audio.voices import VoiceListPage


@operation("GET", "/v2/audio/voices", returns=JSON(VoiceListPage))
async def audio_voices_search(
    client: MistralCore,
    *,
    page_size: int | None = None,
    page_token: str | None = None,
    type: Literal["all", "custom", "preset"] | str | None = None,
    gender: Sequence[Literal["female", "male", "neutral"] | str] | None = None,
    language: Sequence[str] | None = None,
    query: str | None = None,
    kind: Literal["ivc", "pvc"] | str | None = None,
    options: RequestOptions | None = None,
) -> Result[VoiceListPage, Failure]:
    """List voices.

    Args:
        client: The client that sends the request.
        page_size: Maximum number of items per page.
        page_token: Page token: `next_page_token` of the previous page.
        type: Which voices to return: `"custom"`, `"preset"` or `"all"`.
        gender: Return only the voices with one of these genders.
        language: Return only the voices that speak one of these languages.
        query: Return only the voices whose name contains this text, ignoring case.
        kind: Return only the voices cloned in this way: `"ivc"` for instant, `"pvc"` for
            professional voice cloning.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of voices. Entries that cannot be parsed are `Unknown`.
    """
    ...
