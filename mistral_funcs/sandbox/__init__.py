"""A sandbox of the Mistral API, for tests, demos and work without a key.

It responds to every operation, keeps state, and runs no model. Use it in the same process as a
transport:

    sandbox = Sandbox()
    client = MistralCore(transport=sandbox)
    result = await models_list(client)

Or serve it over HTTP, to any client that speaks the API:

    async with sandbox.serve() as url:
        client = MistralCore("sandbox-key", server_url=url)

From a shell, `mistral-funcs sandbox --port 8080` serves one until Ctrl-C. Requests must
send its `api_key`, `"sandbox-key"` by default; others get a 401.

**Responses.** Chats repeat the user's message and call the tools that it names. Embeddings of
texts that share words are near each other. Files, jobs, models, voices, OCR, speech and
transcriptions behave like the API. All other operations are derived from their declarations:
objects can be created, listed, read, changed and deleted, unknown ids are a 404 and invalid
arguments a 422, and any other response is an example of its schema that echoes the request.
Examples are deterministic.

**Faults.** `fail` makes the next requests fail: with a status, with any `Response`, or with a
connection error or timeout. `on=` limits it to an operation, `times=` repeats it, and `after=`
breaks a stream after that many events:

    sandbox.fail(429, times=2, on=chat_complete)
    sandbox.fail(APIConnectionError("reset"), after=3, on=chat_stream)

**Jobs.** Fine-tuning and batch jobs take a step after each response that reports them, so a client
that polls sees them end. With `Sandbox(progress="manual")` they take a step only when you call
`advance`. With `serve(advance_every=2.0)`, or `--advance-every 2`, they follow a clock.

**Requests and state.** `requests` contains the last 1,000 requests. `state` contains everything
that the sandbox stores: set and read it in tests. A collection keeps at most 1,000 members; the
oldest are removed.

**pytest.** `pytest_plugins = ["mistral_funcs.pytest_plugin"]` adds the fixtures `mistral_sandbox`
and `mistral_client`.
"""

from mistral_funcs.sandbox.sandbox import Sandbox as Sandbox
