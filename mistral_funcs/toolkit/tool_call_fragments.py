"""Folding of the tool calls in a streamed message."""

from collections.abc import Iterable
from typing import Any

import attrs

from mistral_core.response.json_text import decode_json
from mistral_funcs.schemas.shared.messages import ToolCall, complete_arguments

NO_ID = (None, "", "null")
"""How servers encode a missing tool call ID."""


def fold_tool_calls(deltas: Iterable[list[ToolCall] | None]) -> list[ToolCall] | None:
    """Join the fragments of tool calls. Return `None` if no delta contains any."""
    calls: list[ToolCall] = []
    given = False
    for fragments in deltas:
        given = given or fragments is not None
        for fragment in fragments or ():
            place = _position(calls, fragment)
            if place is None:
                calls.append(fragment)
            else:
                calls[place] = _join(calls[place], fragment)
    return [*map(_with_complete_arguments, calls)] if given else None


def _position(calls: list[ToolCall], fragment: ToolCall) -> int | None:
    """Return the position of the call that a fragment continues, or `None` for a new call.

    A new ID starts a new call at any index, because some servers use index 0 for all calls. A
    fragment without an ID continues the last call with its index, or else the last call.
    """
    places = [*reversed(range(len(calls)))]
    named = bool(fragment.function.name)
    if fragment.id not in NO_ID:
        same_id = [place for place in places if calls[place].id == fragment.id]
        # A late ID belongs to the last call if that has none and the fragment names no function.
        late = [place for place in places[:1] if calls[place].id in NO_ID and not named]
        return next(iter(same_id + late), None)
    at_index = [place for place in places if fragment.index in (None, calls[place].index or 0)]
    if not at_index:
        return None if named or not calls else places[0]
    return None if _starts_call(fragment, calls[at_index[0]]) else at_index[0]


def _starts_call(fragment: ToolCall, before: ToolCall) -> bool:
    """Return whether a fragment without an ID starts a new call.

    It does if it names another function, or the same function after complete arguments: some
    servers send parallel calls without IDs.
    """
    name, arguments = fragment.function.name, before.function.arguments
    if not name or not before.function.name:
        return False
    if name != before.function.name:
        return True
    return bool(fragment.function.arguments) and _is_complete(arguments)


def _is_complete(arguments: dict[str, Any] | str) -> bool:
    if isinstance(arguments, str):
        try:
            decode_json(arguments.encode(errors="surrogatepass"))
        except (ValueError, RecursionError):
            return False
    return True


def _join(call: ToolCall, fragment: ToolCall) -> ToolCall:
    before, after = call.function, fragment.function
    arguments = after.arguments
    if isinstance(before.arguments, str) and isinstance(arguments, str):
        arguments = before.arguments + arguments
    elif not arguments:
        arguments = before.arguments
    function = attrs.evolve(
        before,
        name=before.name or after.name,
        arguments=arguments,
        additional_properties=before.additional_properties | after.additional_properties,
    )
    return attrs.evolve(
        call,
        id=fragment.id if call.id in NO_ID else call.id,
        function=function,
        additional_properties=call.additional_properties | fragment.additional_properties,
    )


def _with_complete_arguments(call: ToolCall) -> ToolCall:
    function = call.function
    arguments = complete_arguments(function.arguments)
    return attrs.evolve(call, function=attrs.evolve(function, arguments=arguments))
