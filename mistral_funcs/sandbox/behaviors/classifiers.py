"""Moderation and classification by keywords."""

import re
import zlib
from collections.abc import Sequence
from typing import cast

from mistral_funcs.classifiers.classify import classifiers_classify
from mistral_funcs.classifiers.classify_chat import classifiers_classify_chat
from mistral_funcs.classifiers.moderate import classifiers_moderate
from mistral_funcs.classifiers.moderate_chat import classifiers_moderate_chat
from mistral_funcs.sandbox.behaviors.message_rules import Message
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.models import classifier_targets
from mistral_funcs.sandbox.behaviors.replies import text_of_message
from mistral_funcs.sandbox.behaviors.tokens import contains_word
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.classifiers import (
    ClassificationResponse,
    ClassificationTargetResult,
    ModerationObject,
    ModerationResponse,
)
from mistral_funcs.schemas.fine_tuning.models import ClassifierTargetResult
from mistral_funcs.schemas.models import FTModelCard
from mistral_funcs.schemas.shared.messages import InstructRequest

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
"""The moderation categories, with patterns for their keywords."""


@responds_to(classifiers_moderate)
def moderate(state: State, model: str, input: str | Sequence[str]) -> ModerationResponse:
    """Moderate texts."""
    return _moderated(state, model, [input] if isinstance(input, str) else input)


@responds_to(classifiers_moderate_chat)
def moderate_chat(
    state: State, model: str, input: Sequence[Message] | Sequence[Sequence[Message]]
) -> ModerationResponse:
    """Moderate the last message of each conversation."""
    chats = [each for each in input if isinstance(each, Sequence)]
    if input and not chats:
        chats = [[each for each in input if not isinstance(each, Sequence)]]
    return _moderated(state, model, [text_of_message(each[-1]) if each else "" for each in chats])


@responds_to(classifiers_classify)
def classify(state: State, model: str, input: str | Sequence[str]) -> ClassificationResponse:
    """Classify texts."""
    return _classified(state, model, [input] if isinstance(input, str) else input)


@responds_to(classifiers_classify_chat)
def classify_chat(
    state: State, model: str, input: InstructRequest | Sequence[InstructRequest]
) -> ClassificationResponse:
    """Classify conversations by the text of all of their messages."""
    chats = [input] if isinstance(input, InstructRequest) else input
    # Messages that are not instances of a class have been refused.
    conversations = [cast("Sequence[Message]", chat.messages) for chat in chats]
    texts = ["\n".join(map(text_of_message, messages)) for messages in conversations]
    return _classified(state, model, texts)


def _moderated(state: State, model: str, texts: Sequence[str]) -> ModerationResponse:
    card = choose_model(state, model, lambda card: card.capabilities.moderation)
    return ModerationResponse(
        id=f"mod-{state.new_id()}", model=card.id, results=[*map(_moderation, texts)]
    )


def _moderation(text: str) -> ModerationObject:
    categories = {
        category: re.search(rf"(?<!\w)({words})(?!\w)", text, re.IGNORECASE) is not None
        for category, words in CATEGORIES.items()
    }
    scores = {category: SURE if yes else UNLIKELY for category, yes in categories.items()}
    return ModerationObject(categories=categories, category_scores=scores)


def _classified(state: State, model: str, texts: Sequence[str]) -> ClassificationResponse:
    card = choose_model(state, model, lambda card: card.capabilities.classification)
    targets = classifier_targets(state, card) if isinstance(card, FTModelCard) else []
    return ClassificationResponse(
        id=f"mod-{state.new_id()}",
        model=card.id,
        results=[{target.name: score(target, text) for target in targets} for text in texts],
    )


def score(target: ClassifierTargetResult, text: str) -> ClassificationTargetResult:
    """Return the scores of labels. Labels in the text are likely, or else some label."""
    labels = target.labels
    named = [label for label in labels if contains_word(text, label)]
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
