"""The tool calls of a streamed message, put together from their fragments."""

from collections.abc import Iterable
from typing import Any

import attrs

from mistral_core.response.decode import decode_json
from mistral_funcs.schemas.shared.messages import ToolCall, complete_arguments

NO_ID = (None, "", "null")
"""What stands in place of the id of a tool call where there is none."""


def fold_tool_calls(deltas: Iterable[list[ToolCall] | None]) -> list[ToolCall] | None:
    """Join the fragments of tool calls; `None` where no delta had any."""
    calls: list[ToolCall] = []
    given = False
    for fragments in deltas:
        given = given or fragments is not None
        for fragment in fragments or ():
            place = _continued(calls, fragment)
            if place is None:
                calls.append(fragment)
            else:
                calls[place] = _join(calls[place], fragment)
    return [*map(_completed, calls)] if given else None


def _continued(calls: list[ToolCall], fragment: ToolCall) -> int | None:
    """Return the place of the call that a fragment continues; `None` if it begins a new one.

    A new id begins a new call, whatever its index: some servers give all calls the index 0. A
    fragment without an id continues the last call of its index, or the last call of all.
    """
    places = [*reversed(range(len(calls)))]
    named = bool(fragment.function.name)
    if fragment.id not in NO_ID:
        same_id = [place for place in places if calls[place].id == fragment.id]
        # An id that comes late belongs to a call without one, if no name begins another.
        late = [place for place in places[:1] if calls[place].id in NO_ID and not named]
        return next(iter(same_id + late), None)
    at_index = [place for place in places if fragment.index in (None, calls[place].index or 0)]
    if not at_index:
        return None if named or not calls else places[0]
    return None if _begins(fragment, calls[at_index[0]]) else at_index[0]


def _begins(fragment: ToolCall, before: ToolCall) -> bool:
    """Return whether a fragment without an id begins a call of its own.

    So it is where it names another function, or the same one when the arguments before are whole:
    some servers send parallel calls without ids.
    """
    name, arguments = fragment.function.name, before.function.arguments
    if not name or not before.function.name:
        return False
    if name != before.function.name:
        return True
    return bool(fragment.function.arguments) and _is_whole(arguments)


def _is_whole(arguments: dict[str, Any] | str) -> bool:
    if isinstance(arguments, str):
        try:
            decode_json(arguments.encode(errors="surrogatepass"))
        except (ValueError, RecursionError):
            return False
    return True


def _join(known: ToolCall, more: ToolCall) -> ToolCall:
    before, after = known.function, more.function
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
        known,
        id=more.id if known.id in NO_ID else known.id,
        function=function,
        additional_properties=known.additional_properties | more.additional_properties,
    )


def _completed(call: ToolCall) -> ToolCall:
    function = call.function
    arguments = complete_arguments(function.arguments)
    return attrs.evolve(call, function=attrs.evolve(function, arguments=arguments))
