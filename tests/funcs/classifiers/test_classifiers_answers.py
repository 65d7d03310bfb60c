"""How the answers of the classifiers are read."""

from typing import Any

import pytest

from mistral_core import Err, ResponseValidationError
from mistral_funcs import (
    classifiers_classify,
    classifiers_classify_chat,
    classifiers_moderate,
    classifiers_moderate_chat,
)
from mistral_funcs.schemas import (
    ClassificationResponse,
    ClassificationTargetResult,
    ModerationObject,
    ModerationResponse,
)
from tests.funcs.wire import CallIt, read

MODERATORS: dict[str, CallIt[ModerationResponse]] = {
    "moderate": lambda client: classifiers_moderate(client, model="m", input="a"),
    "moderate_chat": lambda client: classifiers_moderate_chat(client, model="m", input=[]),
}
CLASSIFIERS: dict[str, CallIt[ClassificationResponse]] = {
    "classify": lambda client: classifiers_classify(client, model="m", input="a"),
    "classify_chat": lambda client: classifiers_classify_chat(client, model="m", input=[]),
}

MODERATIONS: dict[str, tuple[dict[str, Any], ModerationResponse]] = {
    "usual": (
        {
            "id": "a",
            "model": "m",
            "results": [
                {"categories": {"pii": True, "new": False}, "category_scores": {"pii": 1}},
                {},
            ],
        },
        ModerationResponse(
            id="a",
            model="m",
            results=[
                ModerationObject(
                    categories={"pii": True, "new": False}, category_scores={"pii": 1.0}
                ),
                ModerationObject(categories={}, category_scores={}),
            ],
        ),
    ),
    "only an id": ({"id": "a"}, ModerationResponse(id="a", results=[])),
    "nulls": (
        {"id": "a", "model": None, "results": [{"categories": None}]},
        ModerationResponse(id="a", results=[ModerationObject()]),
    ),
}
CLASSIFICATIONS: dict[str, tuple[dict[str, Any], ClassificationResponse]] = {
    "usual": (
        {"id": "a", "model": "m", "results": [{"mood": {"scores": {"good": 0.9, "bad": 0}}}, {}]},
        ClassificationResponse(
            id="a",
            model="m",
            results=[{"mood": ClassificationTargetResult(scores={"good": 0.9, "bad": 0.0})}, {}],
        ),
    ),
    "only an id": ({"id": "a"}, ClassificationResponse(id="a", results=[])),
    "nulls": (
        {"id": "a", "model": None, "results": [{"mood": {"scores": None}}]},
        ClassificationResponse(id="a", results=[{"mood": ClassificationTargetResult()}]),
    ),
}


@pytest.mark.parametrize("row", MODERATIONS)
@pytest.mark.parametrize("name", MODERATORS)
async def test_moderation_is_read(name: str, row: str) -> None:
    """Whatever the categories are; what is missing is empty."""
    value, expected = MODERATIONS[row]
    assert (await read(MODERATORS[name], value)).unwrap() == expected


@pytest.mark.parametrize("row", CLASSIFICATIONS)
@pytest.mark.parametrize("name", CLASSIFIERS)
async def test_classification_is_read(name: str, row: str) -> None:
    """Whatever the targets are; what is missing is empty."""
    value, expected = CLASSIFICATIONS[row]
    assert (await read(CLASSIFIERS[name], value)).unwrap() == expected


FAULTS: dict[str, tuple[CallIt[object], object, str]] = {
    "an id that is a number": (MODERATORS["moderate"], {"id": 7, "results": []}, "$.id"),
    "a flag that is a score": (
        MODERATORS["moderate_chat"],
        {"id": "a", "results": [{"categories": {"pii": 0.5}}]},
        "$.results[0].categories.pii",
    ),
    "a score that is a text": (
        CLASSIFIERS["classify"],
        {"id": "a", "results": [{"mood": {"scores": {"good": "high"}}}]},
        "$.results[0].mood.scores.good",
    ),
    "a result that is a list": (
        CLASSIFIERS["classify_chat"],
        {"id": "a", "results": [[]]},
        "$.results[0]",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_what_cannot_be_read_is_an_error(name: str) -> None:
    """It has the way to the fault: in a map, by its key."""
    call, value, path = FAULTS[name]
    result = await read(call, value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path.replace("['", ".").replace("']", "") == path
