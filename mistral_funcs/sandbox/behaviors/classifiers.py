"""How the sandbox answers for classifiers: it goes by the words of a text."""

import re
import zlib
from typing import Any, final

import attrs

from mistral_core import Schema
from mistral_funcs.classifiers.classify import classifiers_classify
from mistral_funcs.classifiers.classify_chat import classifiers_classify_chat
from mistral_funcs.classifiers.moderate import classifiers_moderate
from mistral_funcs.classifiers.moderate_chat import classifiers_moderate_chat
from mistral_funcs.sandbox.behaviors.conversations import Message
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.models import classifier_targets
from mistral_funcs.sandbox.behaviors.tokens import says
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import read_as
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.classifiers import (
    ClassificationResponse,
    ClassificationTargetResult,
    ModerationObject,
    ModerationResponse,
)
from mistral_funcs.schemas.models import ClassifierTargetResult, FTModelCard

SURE, UNLIKELY = 0.9, 0.01

CATEGORIES = {
    "sexual": r"sex|nude|porn\w*",
    "hate_and_discrimination": r"hate|racist|inferior",
    "violence_and_threats": r"kill|murder|shoot|beat you",
    "dangerous_and_criminal_content": r"bomb|cocaine|steal|hack into",
    "selfharm": r"suicide|hurt myself|cut myself",
    "health": r"diagnosis|medicine|dosage|symptoms?",
    "financial": r"invest|stocks?|loan|mortgage",
    "law": r"lawyer|lawsuit|sue|contract",
    "pii": r"(?<![\w.])[\w.]+@[\w.]+|\+?\d[\d ]{7,}|passport number",
}
"""The categories of the moderator, each with the words that it goes by."""


@final
@attrs.frozen(kw_only=True)
class TextsRequest(Schema):
    """Ask about texts.

    Attributes:
        model: The id of the model.
        input: The text, or several.
    """

    model: str
    input: str | list[str]

    @property
    def texts(self) -> list[str]:
        """The texts, be it one or several."""
        return [self.input] if isinstance(self.input, str) else self.input


@final
@attrs.frozen(kw_only=True)
class ModeratedChat(Schema):
    """Ask about conversations.

    Attributes:
        model: The id of the model.
        input: The messages of each conversation.
    """

    model: str
    input: list[list[Message]]

    @staticmethod
    def _normalize(value: Any) -> Any:
        """Make several conversations of one."""
        match value:
            case {"input": [{}, *_] as one}:
                return {**value, "input": [one]}
            case _:
                return value


@final
@attrs.frozen(kw_only=True)
class ClassifiedChat(Schema):
    """Hold a conversation.

    Attributes:
        messages: Its messages.
    """

    messages: list[Message]


@final
@attrs.frozen(kw_only=True)
class ChatsRequest(Schema):
    """Ask about conversations.

    Attributes:
        model: The id of the model.
        input: The conversation, or several.
    """

    model: str
    input: ClassifiedChat | list[ClassifiedChat]


@responds_to(classifiers_moderate)
def moderate(state: State, request: Incoming) -> ModerationResponse:
    """Answer for `classifiers_moderate`."""
    asked = read_as(request, TextsRequest)
    return _moderated(state, asked.model, asked.texts)


@responds_to(classifiers_moderate_chat)
def moderate_chat(state: State, request: Incoming) -> ModerationResponse:
    """Answer for `classifiers_moderate_chat`: the last message of a conversation counts."""
    asked = read_as(request, ModeratedChat)
    return _moderated(state, asked.model, [each[-1].text if each else "" for each in asked.input])


@responds_to(classifiers_classify)
def classify(state: State, request: Incoming) -> ClassificationResponse:
    """Answer for `classifiers_classify`."""
    asked = read_as(request, TextsRequest)
    return _classified(state, asked.model, asked.texts)


@responds_to(classifiers_classify_chat)
def classify_chat(state: State, request: Incoming) -> ClassificationResponse:
    """Answer for `classifiers_classify_chat`: all messages of a conversation count."""
    asked = read_as(request, ChatsRequest)
    chats = [asked.input] if isinstance(asked.input, ClassifiedChat) else asked.input
    texts = ["\n".join(message.text for message in chat.messages) for chat in chats]
    return _classified(state, asked.model, texts)


def _moderated(state: State, model: str, texts: list[str]) -> ModerationResponse:
    card = choose_model(state, model, lambda card: card.capabilities.moderation)
    return ModerationResponse(
        id=f"mod-{state.new_id()}", model=card.id, results=[*map(_moderation, texts)]
    )


def _moderation(text: str) -> ModerationObject:
    found = {
        category: re.search(rf"(?<!\w)({words})(?!\w)", text, re.IGNORECASE) is not None
        for category, words in CATEGORIES.items()
    }
    scores = {category: SURE if yes else UNLIKELY for category, yes in found.items()}
    return ModerationObject(categories=found, category_scores=scores)


def _classified(state: State, model: str, texts: list[str]) -> ClassificationResponse:
    card = choose_model(state, model, lambda card: card.capabilities.classification)
    targets = classifier_targets(state, card) if isinstance(card, FTModelCard) else []
    return ClassificationResponse(
        id=f"mod-{state.new_id()}",
        model=card.id,
        results=[{target.name: score(target, text) for target in targets} for text in texts],
    )


def score(target: ClassifierTargetResult, text: str) -> ClassificationTargetResult:
    """Return the scores of labels: the text names the likely ones, or else has one of its own."""
    labels = target.labels
    named = [label for label in labels if says(text, label)]
    if target.loss_function == "multi_class":
        scores = {label: SURE if label in named else UNLIKELY for label in labels}
        return ClassificationTargetResult(scores=scores)
    chance = zlib.crc32(text.encode()) % (len(labels) or 1)
    likely = named[:1] or labels[chance : chance + 1]
    others = len(labels) - 1
    rest = round((1 - SURE) / (others or 1), 6)
    return ClassificationTargetResult(
        scores={label: (SURE if others else 1.0) if label in likely else rest for label in labels}
    )
