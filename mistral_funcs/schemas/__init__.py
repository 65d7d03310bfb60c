"""The schemas of the Mistral API, under the names of its specification; loaded when asked for.

A row is a topic with its schemas, which are to be found in `mistral_funcs/schemas/<topic>.py`.
"""

from typing import TYPE_CHECKING

from mistral_core.lazy import lazy_exports

MENU = {
    "models": """
        ArchiveModelResponse BaseModelCard ClassifierFineTunedModel ClassifierTargetResult
        CompletionFineTunedModel DeleteModelResponse FTClassifierLossFunction FTModelCard
        FineTunedModel FineTunedModelCapabilities ModelCapabilities ModelCard ModelList
        UnarchiveModelResponse
    """,
}

if TYPE_CHECKING:
    from mistral_funcs.schemas.models import (
        ArchiveModelResponse as ArchiveModelResponse,
        BaseModelCard as BaseModelCard,
        ClassifierFineTunedModel as ClassifierFineTunedModel,
        ClassifierTargetResult as ClassifierTargetResult,
        CompletionFineTunedModel as CompletionFineTunedModel,
        DeleteModelResponse as DeleteModelResponse,
        FineTunedModel as FineTunedModel,
        FineTunedModelCapabilities as FineTunedModelCapabilities,
        FTClassifierLossFunction as FTClassifierLossFunction,
        FTModelCard as FTModelCard,
        ModelCapabilities as ModelCapabilities,
        ModelCard as ModelCard,
        ModelList as ModelList,
        UnarchiveModelResponse as UnarchiveModelResponse,
    )
else:
    __getattr__, __dir__, __all__ = lazy_exports(
        __name__,
        {
            schema: f"{__name__}.{topic}"
            for topic, schemas in MENU.items()
            for schema in schemas.split()
        },
    )
