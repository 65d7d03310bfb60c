"""The operations whose responses have their own view, by name."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mistral_funcs.cli.render.agent_outputs import text_of_outputs


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


MODERATIONS = ("input category flagged score", _moderations)
CLASSIFICATIONS = ("input target label score", _classifications)

TABLES: Mapping[str, tuple[str, Callable[[Any], Iterator[list[str]]]]] = {
    "classifiers_classify": CLASSIFICATIONS,
    "classifiers_classify_chat": CLASSIFICATIONS,
    "classifiers_moderate": MODERATIONS,
    "classifiers_moderate_chat": MODERATIONS,
}
"""Responses printed as tables: the column titles and the rows."""

OUTPUTS = (
    *("beta_conversations_start", "beta_conversations_append", "beta_conversations_restart"),
    "responses_create",
)

TEXTS: Mapping[str, Callable[[Any], str]] = {
    "audio_transcriptions_complete": lambda response: str(response.text),
    "files_get_signed_url": lambda response: str(response.url),
    "ocr_process": lambda response: "\n\n".join(page.markdown for page in response.pages),
    **dict.fromkeys(OUTPUTS, text_of_outputs),
}
"""Responses of which only one string is printed."""

COLUMNS: Mapping[str, str] = {
    "beta_agents_list": "id name model version",
    "beta_agents_list_versions": "version model changes=version_message created=created_at",
    "audio_voices_list": "id name languages gender",
    "batch_jobs_list": "id status done=completed_requests of=total_requests endpoint",
    "embeddings_create": "index embedding",
    "files_list": "id filename size=bytes purpose created=created_at",
    "fine_tuning_jobs_list": "id status model created=created_at",
    "models_list": "id context=max_context_length description",
}
"""The columns of lists: a field, or a title and its field. Other lists use default columns."""
