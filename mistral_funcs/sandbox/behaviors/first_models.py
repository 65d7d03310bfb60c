"""The models of a new sandbox."""

import attrs

from mistral_funcs.sandbox.stored import CREATED, Card
from mistral_funcs.schemas.models import BaseModelCard, FTModelCard, ModelCapabilities


def first_models() -> dict[str, Card]:
    """Return the models of a new sandbox: some base models, and two fine-tuned ones."""
    chat = ModelCapabilities(completion_chat=True, function_calling=True, fine_tuning=True)
    cards: list[Card] = [
        _base("mistral-large-latest", "The largest chat model.", attrs.evolve(chat, vision=True)),
        _base("mistral-medium-latest", "A chat model of medium size.", chat),
        _base("mistral-small-latest", "A small chat model.", chat),
        _base("open-mistral-7b", "A small open chat model.", chat, aliases=["open-mistral"]),
        _base("codestral-latest", "A model for code.", attrs.evolve(chat, completion_fim=True)),
        _base("mistral-embed", "A model for embeddings.", ModelCapabilities()),
        _base("mistral-moderation-latest", "A moderator.", ModelCapabilities(moderation=True)),
        _base("mistral-ocr-latest", "A reader of documents.", ModelCapabilities(ocr=True)),
        _base("voxtral-mini-latest", "A listener.", ModelCapabilities(audio_transcription=True)),
        _base("voxtral-mini-tts-latest", "A speaker.", ModelCapabilities(audio_speech=True)),
        FTModelCard(
            id="ft:open-mistral-7b:587a6b29:20240514:7e773925",
            created=CREATED,
            owned_by="sandbox",
            name="support",
            description="Answers support tickets.",
            capabilities=ModelCapabilities(completion_chat=True),
            job="7e773925-0000-4000-8000-000000000001",
            root="open-mistral-7b",
        ),
        FTModelCard(
            id="ft:classifier:open-mistral-7b:587a6b29:20240601:1f0a2c3d",
            created=CREATED,
            owned_by="sandbox",
            name="triage",
            description="Tells how urgent a ticket is.",
            capabilities=ModelCapabilities(classification=True),
            job="1f0a2c3d-0000-4000-8000-000000000002",
            root="open-mistral-7b",
        ),
    ]
    return {card.id: card for card in cards}


def _base(
    model_id: str,
    description: str,
    capabilities: ModelCapabilities,
    aliases: list[str] | None = None,
) -> BaseModelCard:
    return BaseModelCard(
        id=model_id,
        created=CREATED,
        name=model_id,
        description=description,
        capabilities=capabilities,
        aliases=aliases or [],
    )
