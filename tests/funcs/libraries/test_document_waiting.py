"""Waiting for documents: as for jobs, with other statuses."""

import pytest

from mistral_core import Err, MistralCore, RequestTimeoutError
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    beta_libraries_create,
    beta_libraries_documents_upload,
    beta_libraries_documents_wait,
    beta_libraries_documents_watch,
)
from mistral_funcs.sandbox import Sandbox


def client_of(*statuses: str) -> MistralCore:
    """Return a client that receives a document in these statuses, in order."""
    responses = [json_response({"id": "d", "process_status": each}) for each in statuses]
    return MistralCore(transport=ScriptedTransport(*responses))


@pytest.mark.parametrize("end", ["done", "error", "missing_content", "noop", "self_managed"])
async def test_a_wait_ends_when_the_document_is_processed(end: str) -> None:
    """A failed document is not a failed call."""
    client = client_of("todo", "waiting_for_capacity", "in_progress", end)
    document = (await beta_libraries_documents_wait(client, "l", "d", interval=0)).unwrap()
    assert document.process_status == end


async def test_a_wait_may_be_for_another_status_and_has_a_deadline() -> None:
    """As for jobs."""
    client = client_of("todo", "in_progress")
    begun = await beta_libraries_documents_wait(client, "l", "d", interval=0, until=["in_progress"])
    assert begun.unwrap().process_status == "in_progress"
    late = await beta_libraries_documents_wait(
        client_of("todo"), "l", "d", interval=9, deadline=0.01
    )
    assert isinstance(late, Err)
    assert isinstance(late.error, RequestTimeoutError)
    assert str(late.error) == (
        "Document d had status todo after 0.01 s. It continues: wait again with its id."
    )


@pytest.mark.parametrize(
    ("content", "doomed", "end"),
    [(b"text", False, "done"), (b"text", True, "error"), (b"", False, "missing_content")],
)
async def test_a_document_of_the_sandbox_is_processed(
    content: bytes, end: str, *, doomed: bool
) -> None:
    """One step per poll. A test decides which document fails."""
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox)
    library = (await beta_libraries_create(client, name="docs")).unwrap()
    document = (await beta_libraries_documents_upload(client, library.id, file=content)).unwrap()
    sandbox.state.libraries[library.id].documents[document.id].doomed = doomed
    watch = beta_libraries_documents_watch(client, library.id, document.id, interval=0)
    statuses = [state.unwrap().process_status async for state in watch]
    assert statuses == ["todo", "in_progress", end]
