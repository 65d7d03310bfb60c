"""The functions that agents declare. A run does not change an agent's definition."""

from collections.abc import Collection

from mistral_core import Err, Failure, InvalidRequestError, MistralCore
from mistral_funcs.beta.agents.get import beta_agents_get
from mistral_funcs.schemas.shared.tools import FunctionTool


async def undeclared_functions(
    client: MistralCore, agent_id: str, version: int | str | None, names: Collection[str]
) -> Failure | None:
    """Return an error unless an agent, or one it hands over to, declares each function.

    Args:
        client: The client that looks up the agents.
        agent_id: ID of the agent.
        version: Version of the agent, as a number or an alias.
        names: Names of the functions.
    """
    missing = {*names}
    seen = {agent_id}
    agents = [(agent_id, version)]
    while agents and missing:
        current, current_version = agents.pop()
        result = await beta_agents_get(client, current, agent_version=current_version)
        if isinstance(result, Err):
            return result.error
        tools = result.value.tools or ()
        missing -= {tool.function.name for tool in tools if isinstance(tool, FunctionTool)}
        for other in result.value.handoffs or ():
            if other not in seen:
                seen.add(other)
                agents.append((other, None))
    if not missing:
        return None
    return InvalidRequestError(
        f"The agent {agent_id} does not declare these functions: {', '.join(sorted(missing))}. "
        "Add them to the tools of the agent, or leave them out of the run.",
        "agent_id",
    )
