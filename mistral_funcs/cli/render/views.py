"""The operations whose responses have a view of their own, by name."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any


def _moderations(response: Any) -> Iterator[list[str]]:
    for number, result in enumerate(response.results, start=1):
        for category, score in result.category_scores.items():
            flagged = "yes" if result.categories.get(category) else ""
            yield [str(number), category, flagged, f"{score:.4f}"]


def _classifications(response: Any) -> Iterator[list[str]]:
    for number, result in enumerate(response.results, start=1):
        for target, classification in result.items():
            for label, score in classification.scores.items():
                yield [str(number), target, label, f"{score:.4f}"]


MODERATIONS = ("input category found score", _moderations)
CLASSIFICATIONS = ("input target label score", _classifications)

TABLES: Mapping[str, tuple[str, Callable[[Any], Iterator[list[str]]]]] = {
    "classifiers_classify": CLASSIFICATIONS,
    "classifiers_classify_chat": CLASSIFICATIONS,
    "classifiers_moderate": MODERATIONS,
    "classifiers_moderate_chat": MODERATIONS,
}
"""Responses that are tables: the titles of the columns, and the rows."""

TEXTS: Mapping[str, Callable[[Any], str]] = {
    "audio_transcriptions_complete": lambda response: str(response.text),
    "files_get_signed_url": lambda response: str(response.url),
    "ocr_process": lambda response: "\n\n".join(page.markdown for page in response.pages),
}
"""Responses of which only a string is printed."""

COLUMNS: Mapping[str, str] = {
    "audio_voices_list": "id name languages gender",
    "batch_jobs_list": "id status done=completed_requests of=total_requests endpoint",
    "embeddings_create": "index embedding",
    "files_list": "id filename bytes purpose",
    "fine_tuning_jobs_list": "id status model created=created_at",
    "models_list": "id context=max_context_length description",
}
"""The columns of lists: a field, or a title and its field. Other lists have the default columns."""
