"""The rules that the functions offered to a model must follow."""

from collections.abc import Iterable, Iterator
from typing import Any

from mistral_funcs.sandbox.behaviors.message_rules import check_function_name
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.json_schema_rules import problem_of_schema
from mistral_funcs.schemas.shared.tools import Function, Tool


def functions_of(tools: Iterable[Any] | None) -> Iterator[Function]:
    """Yield the functions among tools.

    Raises:
        RefusalError: The name or the parameters of a function are invalid.
    """
    for tool in tools or ():
        if isinstance(tool, Tool) and isinstance(tool.function, Function):
            check_function_name(tool.function.name)
            problem = problem_of_schema(tool.function.parameters)
            if problem is not None:
                refuse(400, f"Invalid tool schema: {problem}")
            yield tool.function
