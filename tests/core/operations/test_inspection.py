"""`operation_of` returns a declaration as data."""

import pytest

from mistral_core import JSON, Operation, operation_of
from tests.core.operations.cards import (
    cards_draw,
    cards_draw_stream,
    cards_get,
    cards_replace,
    cards_scan,
)


def test_operation_is_data() -> None:
    """All options of the declaration, and each parameter."""
    declared = operation_of(cards_get)
    assert (declared.name, declared.method, declared.path) == (
        "cards_get",
        "GET",
        "/v1/decks/{deck_id}/cards/{card}",
    )
    assert declared.summary == "Get a card."
    assert declared.path_parameters == ("deck_id", "card")
    assert declared.query == ("color", "from")
    assert declared.idempotent
    rows = [
        (each.name, each.place, each.key, each.required, each.nullable)
        for each in declared.parameters
    ]
    assert rows == [
        ("deck_id", "path", "deck_id", True, False),
        ("card", "path", "card", True, False),
        ("color", "query", "color", False, False),
        ("from_", "query", "from", False, False),
        ("last_seen", "header", "last-seen", False, False),
    ]
    documentation = {each.name: each.documentation for each in declared.parameters}
    assert documentation["color"] == "Its color, or none."
    assert {each.name: each.type for each in declared.parameters}["card"] is int


def test_places_and_nullability_of_a_body() -> None:
    """Required fields and those with the default `UNSET` may be null."""
    rows = {each.name: each for each in operation_of(cards_draw).parameters}
    assert {name: row.place for name, row in rows.items()} == {
        "kind": "json",
        "note": "json",
        "count": "json",
        "dry": "query",
        "more": "json",
    }
    assert {name for name, row in rows.items() if row.nullable} == {"kind", "note"}
    assert operation_of(cards_draw_stream).constants == {"stream": True}
    assert not operation_of(cards_replace).idempotent
    assert [each.place for each in operation_of(cards_scan).parameters] == ["file", "file", "form"]


def test_other_function_is_no_operation() -> None:
    """The error shows the object."""
    with pytest.raises(TypeError, match=r"isinstance.* is not an operation"):
        operation_of(isinstance)


def test_operation_without_a_function_has_no_parameters() -> None:
    """It was created by hand."""
    by_hand = Operation("GET", "/v1/decks/{deck_id}", returns=JSON(str))
    assert by_hand.parameters == ()
    assert (by_hand.name, by_hand.summary) == ("", "")
