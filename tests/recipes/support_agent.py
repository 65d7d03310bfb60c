"""A support agent that searches a library of documents, and looks up orders with a function."""

from mistral_core import File, MistralCore
from mistral_funcs import (
    Tools,
    beta_agents_create,
    beta_conversations_append,
    beta_conversations_start,
    beta_libraries_create,
    beta_libraries_documents_upload,
    beta_libraries_documents_wait,
    run,
    tool,
)
from mistral_funcs.schemas import DocumentLibraryTool, FunctionTool

ORDERS = {"A17": "shipped on Monday"}


@tool
def find_order(number: str) -> str:
    """Return the status of an order."""
    return ORDERS.get(number, "There is no such order.")


async def create_agent(client: MistralCore, manual: bytes) -> str:
    """Create an agent that answers from a manual, and return its ID."""
    library = (await beta_libraries_create(client, name="Manuals")).unwrap()
    file = File(manual, file_name="manual.md")
    document = (await beta_libraries_documents_upload(client, library.id, file=file)).unwrap()
    await beta_libraries_documents_wait(client, library.id, document.id, interval=0.1, deadline=600)
    agent = await beta_agents_create(
        client,
        model="mistral-medium-latest",
        name="Support",
        instructions="Answer from the manuals. Look orders up before you write about them.",
        tools=[
            DocumentLibraryTool(library_ids=[library.id]),
            FunctionTool(function=find_order.definition),
        ],
    )
    return agent.unwrap().id


async def ask(
    client: MistralCore, agent_id: str, question: str, conversation_id: str | None = None
) -> tuple[str, str]:
    """Return the response, and the ID of the conversation for the next question."""
    tools = Tools(find_order)
    if conversation_id is None:
        result = await run(
            tools, beta_conversations_start, client, agent_id=agent_id, inputs=question
        )
    else:
        result = await run(
            tools, beta_conversations_append, client, conversation_id, inputs=question
        )
    response = result.unwrap().response
    return response.text, response.conversation_id
