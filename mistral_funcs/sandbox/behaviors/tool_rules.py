"""The rules that the functions offered to a model must follow."""

from collections.abc import Iterable, Iterator
from typing import Any

from mistral_funcs.sandbox.behaviors.message_rules import check_function_name
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.schemas.shared.tools import Function, FunctionTool, Tool
from mistral_funcs.toolkit.json_schema_rules import problem_of_schema


def functions_of(tools: Iterable[Any] | None) -> Iterator[Function]:
    """Yield the functions among tools.

    Raises:
        RefusalError: The name or the parameters of a function are invalid.
    """
    for tool in tools or ():
        function = tool.function if isinstance(tool, Tool | FunctionTool) else None
        if isinstance(function, Function):
            check_function_name(function.name)
            problem = problem_of_schema(function.parameters)
            if problem is not None:
                refuse(400, f"Invalid tool schema: {problem}")
            yield function


def check_functions(tools: Iterable[Any] | None) -> None:
    """Refuse tools with an invalid function.

    Raises:
        RefusalError: The name or the parameters of a function are invalid.
    """
    for _ in functions_of(tools):
        pass
