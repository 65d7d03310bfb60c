"""The example of each operation in the API reference runs as shown, and succeeds."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import mistral_core
import mistral_funcs
from mistral_core import MistralCore, RetryConfig, operation_of
from mistral_funcs._index import OPERATIONS
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.state import State
from tests.docs.call_examples import example_of, value_of

FILES = ("meeting.mp3", "notes.pdf", "training.jsonl")
LINE = (
    b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}'
)

CREATORS = {row[2]: name for name, row in OPERATIONS.items() if row[1:4:2] == ("POST", "JSON")}
"""The operation that creates members of a collection, by its path."""

EXECUTION = ("workflows_execute_workflow", "execution-abc123")
INDEX = ("beta_context_search_indexes_ingest_documents", "")
RECORD = ("beta_observability_datasets_create_record", "dataset-record-abc123")
REGISTERED = ("beta_rag_search_indexes_register_deployment", "deployment-abc123")
VERSION = ("beta_agents_update", "")

NEEDS = {
    "agents": ("beta_agents_create", "ag_abc123"),
    "audio_sessions_create": ("audio_agents_create", "agent-abc123"),
    "beta_agents_create_version_alias": VERSION,
    "beta_agents_delete_version_alias": ("beta_agents_create_version_alias", ""),
    "beta_agents_get_version": VERSION,
    "beta_agents_update_version": VERSION,
    "beta_connectors_update_credentials": ("beta_connectors_create_credentials", ""),
    "beta_context_search_indexes_delete_documents": INDEX,
    "beta_context_search_indexes_get_chunk": INDEX,
    "beta_context_search_indexes_get_index_summary": (
        *("beta_context_search_indexes_set_index_summary", ""),
    ),
    "beta_context_search_indexes_grep": INDEX,
    "beta_context_search_indexes_navigate": INDEX,
    "beta_context_search_indexes_read": INDEX,
    "beta_conversations_restart": ("beta_conversations_append", "msg_abc123"),
    "beta_libraries_accesses_delete": ("beta_libraries_accesses_update_or_create", ""),
    "beta_observability_datasets_fetch_task": (
        *("beta_observability_datasets_import_from_file", "task-abc123"),
    ),
    "beta_observability_datasets_records": RECORD,
    "beta_rag_ingestion_pipeline_configurations_update_run_info": (
        *("beta_rag_ingestion_pipeline_configurations_register", "pipeline-abc123"),
    ),
    "beta_rag_search_indexes_unregister_deployment": REGISTERED,
    "beta_rag_search_indexes_update_index_metrics": REGISTERED,
    "fine_tuning_jobs_create": ("files_upload", "file-abc123"),
    "workflows_execute_workflow_registration": (
        *("workflows_get_workflow_registrations", "workflow-registration-abc123"),
    ),
    "workflows_executions": EXECUTION,
    "workflows_runs_get_run": ("workflows_execute_workflow", "run-abc123"),
}
"""What must exist besides the members in the path, by the beginning of the operation's name: the
operation that creates it, and the id that the example shows."""

STEPS = {
    "beta_context_search_indexes": 1,
    "beta_libraries_documents": 2,
    "fine_tuning_jobs_start": 2,
}
"""The steps of processing before a call, by the beginning of the operation's name."""


def prerequisites(name: str) -> Iterator[tuple[str, str]]:
    """Yield the operations whose examples run first, each with the id of what it creates."""
    declared = operation_of(getattr(mistral_funcs, name))
    for each in declared.parameters:
        creator = CREATORS.get(declared.path.partition(f"/{{{each.key}}}")[0], name)
        if each.place == "path" and creator != name:
            yield from prerequisites(creator)
            yield creator, str(value_of(name, each))
    matching = [each for each in NEEDS if f"{name}_".startswith(f"{each}_")]
    if matching:
        creator, created_id = NEEDS[max(matching, key=len)]
        yield from prerequisites(creator)
        yield creator, created_id


def run(name: str, monkeypatch: pytest.MonkeyPatch, created_id: str) -> None:
    """Run the example of an operation. What it creates in the sandbox has an id of our choice."""
    known = created_id.rpartition("_")[2]  # The sandbox adds `ag_`, `conv_` or `msg_` itself.

    def new_id(_: State) -> str:
        return known

    monkeypatch.setattr(State, "new_id", new_id)
    exec(compile(example_of(name), name, "exec"), {})  # noqa: S102 - as a reader would run it


@pytest.mark.parametrize("name", OPERATIONS)
def test_example_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the examples that create what it needs."""
    sandbox = Sandbox()
    client = partial(MistralCore, transport=sandbox, retry_config=RetryConfig(strategy="none"))
    monkeypatch.setattr(mistral_core, "MistralCore", client)
    monkeypatch.chdir(tmp_path)
    for file in FILES:
        Path(file).write_bytes(LINE)
    for creator, created_id in dict.fromkeys(prerequisites(name)):
        run(creator, monkeypatch, created_id)
        sandbox.advance(next((STEPS[each] for each in STEPS if name.startswith(each)), 0))
    declared = operation_of(getattr(mistral_funcs, name))
    ids = [str(value_of(name, each)) for each in declared.parameters if each.place == "path"]
    run(name, monkeypatch, ["", *ids][-1])
    assert sandbox.requests


def test_example_is_short() -> None:
    """Each line fits on a page, and nothing is longer than a screen."""
    lines = {name: example_of(name).splitlines() for name in OPERATIONS}
    assert max(len(line) for each in lines.values() for line in each) <= 88
    assert max(map(len, lines.values())) <= 50
