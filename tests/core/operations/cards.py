"""Operations of a fictional API, declared in every supported way."""

from collections.abc import Mapping
from typing import Any

from mistral_core import (
    JSON,
    UNSET,
    Events,
    EventStream,
    Failure,
    File,
    FileContent,
    MistralCore,
    NoContent,
    RequestOptions,
    Result,
    Unset,
    operation,
    streamed,
)

ANY = JSON(dict[str, Any])


@operation("GET", "/v1/decks/{deck_id}/cards/{card}", returns=ANY, headers=("last_seen",))
async def cards_get(
    client: MistralCore,
    deck_id: str,
    card: int,
    *,
    color: str | None = None,
    from_: int | None = None,
    last_seen: str | None = None,
    options: RequestOptions | None = None,
) -> Result[dict[str, Any], Failure]:
    """Get a card.

    Args:
        client: The client.
        deck_id: The deck.
        card: Its number.
        color: Its color,
            or none.
        from_: Where to begin.
        last_seen: The last card.
        options: The options.

    Returns:
        The card.
    """
    ...


@operation(
    "POST", "/v1/cards", returns=ANY, query=("dry",), keys={"kind": "_kind"}, additional="more"
)
async def cards_draw(
    client: MistralCore,
    *,
    kind: str,
    note: str | None | Unset = UNSET,
    count: int | None = None,
    dry: bool | None = None,
    more: Mapping[str, object] | None = None,
    options: RequestOptions | None = None,
) -> Result[dict[str, Any], Failure]:
    """Draw a card.

    Args:
        client: The client.
        kind: The kind.
        note: A note.
        count: How many.
        dry: Whether to put it back.
        more: Further fields.
        options: The options.
    """
    ...


@streamed(cards_draw, Events(dict[str, Any]))
async def cards_draw_stream(
    *args: Any, **kwargs: Any
) -> Result[EventStream[dict[str, Any]], Failure]:
    """Draw cards as a stream.

    Returns:
        The stream.
    """
    ...


@operation("DELETE", "/v1/cards", returns=NoContent(), json=("ids",))
async def cards_delete(
    client: MistralCore,
    *,
    ids: list[str],
    force: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete cards."""
    ...


@operation("PUT", "/v1/cards", returns=ANY, body="cards", idempotent=False)
async def cards_replace(
    client: MistralCore, *, cards: list[str] | None, options: RequestOptions | None = None
) -> Result[dict[str, Any], Failure]:
    """Replace the cards."""
    ...


@operation("POST", "/v1/scans", returns=ANY, form=True, files=("scan", "back"))
async def cards_scan(
    client: MistralCore,
    *,
    scan: File | FileContent,
    back: File | FileContent | None = None,
    name: str | None = None,
    options: RequestOptions | None = None,
) -> Result[dict[str, Any], Failure]:
    """Scan a card."""
    ...
