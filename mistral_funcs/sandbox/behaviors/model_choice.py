"""The choice of the model for a request."""

from collections.abc import Callable
from typing import NoReturn

from mistral_funcs.sandbox.error_responses import RefusalError, error_body
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored import Card
from mistral_funcs.schemas.models import FTModelCard


def choose_model(state: State, model: str, able: Callable[[Card], bool]) -> Card:
    """Return a model by id or alias. Refuse an archived one, or one that lacks a capability."""
    cards = state.models.values()
    card = next((card for card in cards if model in (card.id, *card.aliases)), None)
    if card is None or not able(card):
        _refuse(f"Invalid model: {model}")
    if isinstance(card, FTModelCard) and card.archived:
        _refuse(f"Model {model} is archived")
    return card


def _refuse(message: str) -> NoReturn:
    raise RefusalError(400, error_body(message, "invalid_model", "1500"))
