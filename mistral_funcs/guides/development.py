r'''Development: the layers of the code, how to add an operation, tests and releases.

## Layers

`mistral_core` is the client and the request pipeline, and contains no operation. Each of its
folders is a layer that imports only lower layers: `ORDER` in `tests/test_rooms.py` lists them from
top to bottom. `mistral_funcs` is the API.

| folder | content |
|---|---|
| `mistral_core/operations/` | The decorator `operation`; declarations as data. |
| `mistral_core/request/`, `pipeline/`, `response/` | Build a request, send it, read the response. |
| `mistral_core/structuring/`, `transports/` | The only layers that import cattrs and aiohttp. |
| `mistral_funcs/<resource>/<verb>.py` | One operation. Folders nest as in the API. |
| `mistral_funcs/schemas/` | The schemas, in the same tree. Several resources use `shared/`. |
| `mistral_funcs/toolkit/` | Functions that make several calls, such as `paginate`. |
| `mistral_funcs/sandbox/` | The sandbox: general rules, and exceptions in `behaviors/`. |
| `mistral_funcs/guides/` | The guides. A new one appears in the README and the API reference. |
| `mistral_funcs/cli/` | The command line. |

## Add an operation

1. Write one file. The signature declares the parameters, the docstring describes them:

```py
"""GET /v1/webhooks/{webhook_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.shared.webhooks import Webhook


@operation("GET", "/v1/webhooks/{webhook_id}", returns=JSON(Webhook))
async def beta_webhooks_get(
    client: MistralCore,
    webhook_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Webhook, Failure]:
    """Get a webhook.

    Args:
        client: The client that sends the request.
        webhook_id: ID of the webhook.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The webhook.
    """
    ...
```

2. A new folder gets an `__init__.py` with one line: the description of the resource.
3. Add new schemas to the module of the same name below `mistral_funcs/schemas/`.
4. Run `python -m tests.index --write`, which rewrites the index and the stubs from the files, and
   `python -m tests.readme.operations_table`, which rewrites the generated tables.

The command, the sandbox's response, the page in the API reference and the contract tests are
derived from the declaration. Write a behavior for the sandbox only if its general rules are not
enough.

## Tests

```console
$ python3 -m venv .venv && .venv/bin/pip install --editable '.[dev]'
$ .venv/bin/pytest --numprocesses auto
$ .venv/bin/pytest -m soak            # long runs
$ .ci/run                             # everything that must pass
```

| folder | what it tests |
|---|---|
| `tests/contract/` | Each declaration against the facts of the specification. |
| `tests/core/`, `tests/client/` | The pipeline, in parts and as a client. |
| `tests/faults/` | Servers that misbehave: `fault_table.py` has one row for each fault. |
| `tests/funcs/`, `tests/toolkit/` | What is special about an operation; the toolkit. |
| `tests/typing/` | What type checkers accept and reject. |
| `tests/readme/` | Each snippet of the README and the guides. |
| `tests/docs/` | The API reference: complete, no broken links, examples that run. |

`python -m tests.contract.drift FILE` reports what a newer specification changes.

The API reference is made from docstrings and declarations by [pdoc](https://pdoc.dev), with an
example of each operation, which the tests execute. Open `index.html` from disk, or serve the
folder:

```console
$ .venv/bin/python -m tests.docs.reference build/reference
```

Its source links lead to copies of the files in the folder. To link to a repository instead, pass
`--source-url 'https://git.example/blob/main/{path}#L{line}'`. With Chromium installed, the tests
also check the pages in the browser: widths, contrast, search and an empty console.

## Release

1. In the changelog, `mistral_funcs/guides/changelog.py`, replace "unreleased" by the date.
2. Set the version in `mistral_core/version.py`. The package, the `User-Agent` and the changelog
   must agree; a test compares them.
3. Run `.ci/run`. On a clean clone it runs the README's two set-up commands, ruff, mypy, pyright,
   the tests on each Python version, the tests with the lowest versions of the dependencies, and
   the wheel in a bare environment, where a newcomer follows the README.
4. Build with `pip wheel --no-deps --wheel-dir dist .`, and tag the commit with the version.
'''
