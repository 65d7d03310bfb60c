r"""Changelog, by version.

Versions follow semantic versioning. Until 1.0.0, a minor version may change public names; each such
change is listed here under "Changed" with what to write instead.

## 0.1.0, unreleased

Added:

- The client `MistralCore`: results, one deadline per call, retries that never execute a request
  twice, size limits, hooks, logs, OpenTelemetry, proxies, TLS, any number of event loops.
- The operations of the API as standalone coroutines: chat, code, agents, conversations, embeddings,
  classifiers, OCR, audio, files, fine-tuning, batches, models, libraries, search indexes, prompts,
  skills, connectors, workflows, observability and administration.
- Typed streams; `collect_completion` and `collect_conversation`.
- Runs: functions and tools of MCP servers that the model calls, with confirmation, saved state and
  streams.
- Structured output with attrs classes, dataclasses, `TypedDict`, `NamedTuple` and pydantic models.
- `to_dict`, `to_json`, `from_dict` and `from_json` for schema objects, which are also models of
  FastAPI and Litestar.
- Workflows: execute and wait, follow, connector bindings, and payloads that are encrypted,
  compressed or stored elsewhere.
- `map_calls`, and `Limits` that all calls of a client share, or several processes over Redis.
- Azure AI and Google Vertex AI; tokens of service accounts.
- Realtime transcription and speech over WebSockets; voice sessions.
- `run_batch`, `paginate`, `upload_folder`, `document_of`, `save_ocr`, `embeddings_create_many`, and
  functions that wait for jobs and watch them.
- A stateful sandbox of the API, in process and over HTTP; cassettes; fixtures for pytest.
- A command line, as the extra `cli`: each operation as a command, questions with attachments and
  streamed responses, settings, tables that become tab-separated lines in pipes, batches, OCR.
- The extra `speed`, with a faster JSON library.
- Guides, an API reference and benchmarks.
"""
