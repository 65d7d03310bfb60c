"""The tree of commands, read from the index without importing operations."""

from collections.abc import Iterator, Mapping, Sequence

from mistral_funcs._index import OPERATIONS, RESOURCES, TOOLKIT

WAITS: Mapping[str, str] = {
    "wait": "Wait until the job has ended.",
    "watch": "Show the progress of a job until it has ended.",
}
"""The commands that follow a job, for each resource that has such functions in the toolkit."""

DOCUMENT_WAITS: Mapping[str, str] = {
    "wait": "Wait until the document is processed.",
    "watch": "Show the progress of a document until it is processed.",
}
"""The same commands for documents."""

EXECUTION_WAITS: Mapping[str, str] = {
    "wait": "Wait until the execution has ended.",
    "watch": "Show each status of an execution until it has ended.",
}
"""The same commands for executions of workflows."""

WAITS_BY_NOUN = {"documents": DOCUMENT_WAITS, "executions": EXECUTION_WAITS}


LIVE: Mapping[str, str] = {
    "audio_speech_realtime": "Speak text from standard input while it is written.",
    "audio_transcriptions_realtime": "Transcribe audio while it is recorded.",
}
"""The commands that send and receive at the same time."""


FILE_COMMANDS: Mapping[str, tuple[str, str]] = {
    "batch.run": ("batch_command:run_requests", "Run a file of requests as a batch, or resume it."),
    "files.validate": ("validate_command:validate", "Check a file for fine-tuning, line by line."),
}
"""The commands that work on local files: the function and the help line of each."""


def _of_the_toolkit() -> Iterator[tuple[str, str]]:
    for resource in RESOURCES:
        for verb in (*WAITS, "realtime"):
            if (name := f"{flat(resource)}_{verb}") in TOOLKIT:
                yield name, f"{resource}.{verb}"


def flat(path: str) -> str:
    """Return a path in the API's tree as a name: `fine_tuning.jobs` is `fine_tuning_jobs`."""
    return path.replace(".", "_")


def words(path: str) -> list[str]:
    """Return a path in the API's tree as the words of a command: `fine-tuning`, `jobs`."""
    return path.replace("_", "-").split(".")


COMMANDS: Mapping[str, str] = dict(
    sorted(
        {**{name: row[0] for name, row in OPERATIONS.items()}, **dict(_of_the_toolkit())}.items()
    )
)
"""Each function that is a command, with its path in the API's tree."""

FLAT_NAMES: Mapping[str, list[str]] = {
    words(flat(resource))[0]: words(resource) for resource in RESOURCES if "." in resource
}
"""Resources as one word, such as `fine-tuning-jobs`: accepted but not listed in the help."""

LISTS: Mapping[str, str] = {
    path: name for name, (_, method, path, *_) in OPERATIONS.items() if method == "GET"
}
"""Each path with a GET operation, and the name of that operation."""


def with_paths(argv: Sequence[str]) -> list[str]:
    """Replace the one-word name of a resource in the arguments by its path."""
    for place, each in enumerate(argv):
        if each in FLAT_NAMES:
            return [*argv[:place], *FLAT_NAMES[each], *argv[place + 1 :]]
        if each.replace("-", "_") in RESOURCES:
            break  # Arguments after the command may be any text.
    return list(argv)


def resource_of(name: str) -> str:
    """Return the resource of a command: `models` for `models_list`."""
    return COMMANDS[name].rpartition(".")[0]


def summary_of(name: str) -> str:
    """Return the help line of a command."""
    if name in OPERATIONS:
        return OPERATIONS[name][-1]
    if name in LIVE:
        return LIVE[name]
    resource, _, verb = COMMANDS[name].rpartition(".")
    return WAITS_BY_NOUN.get(resource.rpartition(".")[2], WAITS)[verb]


def streaming_twin(name: str) -> str | None:
    """Return the streaming twin of an operation, if it has one."""
    _, method, path, *_ = OPERATIONS[name]
    twins = (each for each, row in OPERATIONS.items() if row[1:4] == (method, path, "Events"))
    return next(twins, None)


def list_of(parameter: str, resource: str) -> str | None:
    """Return the operation that lists the objects that a path parameter identifies.

    Args:
        parameter: The name of the parameter, such as `model_id`.
        resource: The resource to search first, since several resources have a `job_id`.
    """
    listed: dict[str, set[str]] = {"here": set(), "elsewhere": set()}
    for module, _, path, *_ in OPERATIONS.values():
        collection, has_parameter, _ = path.partition(f"/{{{parameter}}}")
        if has_parameter and collection in LISTS:
            here = module.rpartition(".")[0] == resource
            listed["here" if here else "elsewhere"].add(collection)
    paths = listed["here"] or listed["elsewhere"]
    # Prefer `/v1/agents` to `/v1/audio/agents`.
    depth = min((each.count("/") for each in paths), default=0)
    nearest = [each for each in paths if each.count("/") == depth]
    return LISTS[nearest[0]] if len(nearest) == 1 else None
