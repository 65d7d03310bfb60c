"""Streams, files, waiting, pages and batches that type checkers must accept. Never run."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, assert_never, assert_type

import attrs

from mistral_core import (
    ByteStream,
    Err,
    EventStream,
    Failure,
    File,
    MistralCore,
    Ok,
    ResponseValidationError,
    Result,
    Unknown,
)
from mistral_funcs import (
    AudioBuffer,
    BatchOutcome,
    DocumentUpload,
    RealtimeSpeech,
    RealtimeTranscription,
    agents_complete,
    audio_speech_realtime,
    audio_transcriptions_realtime,
    audio_voices_search,
    batch_jobs_list,
    beta_libraries_documents_list,
    beta_libraries_documents_wait,
    beta_libraries_list,
    beta_prompts_list,
    beta_service_accounts_list,
    beta_triggers_create,
    beta_triggers_delete,
    beta_triggers_list,
    beta_triggers_list_events,
    beta_users_list_organizations,
    beta_users_whoami,
    beta_webhooks_list,
    chat_complete,
    chat_stream,
    collect_completion,
    embeddings_create,
    files_download,
    files_list,
    files_upload,
    fine_tuning_jobs_create,
    fine_tuning_jobs_list,
    fine_tuning_jobs_wait,
    fine_tuning_jobs_watch,
    models_list,
    paginate,
    parse,
    run_batch,
    structure_text,
    upload_folder,
)
from mistral_funcs.schemas import (
    AssistantMessage,
    BatchJob,
    ChatCompletionRequestMessage,
    ChatCompletionResponse,
    CompletionChunk,
    CompletionTrainingParametersIn,
    CreateTriggerAction,
    DetailedJobOut,
    Document,
    FileSchema,
    Function,
    JobOut,
    Library,
    ModelCard,
    Prompt,
    RealtimeTranscriptionEvent,
    RealtimeTranscriptionSession,
    ServiceAccount,
    TextChunk,
    Tool,
    TrainingFile,
    TranscriptionStreamTextDelta,
    Trigger,
    TriggerEvent,
    UserMessage,
    UserOrganization,
    VoiceResponse,
    Webhook,
    WhoamiServiceAccountPrincipal,
    WhoamiUserPrincipal,
)


@attrs.frozen
class Person:
    """A custom class."""

    name: str


async def stream(client: MistralCore) -> str:
    """Read a stream, event by event."""
    result = await chat_stream(client, model="m", messages=[{"role": "user", "content": "?"}])
    assert_type(result, Result[EventStream[CompletionChunk], Failure])
    text = ""
    if isinstance(result, Ok):
        async with result.value as events:
            async for event in events:
                match event:
                    case Ok(chunk):
                        text += assert_type(chunk, CompletionChunk).text
                    case Err(error):
                        assert_type(error, Failure)
                    case _:
                        assert_never(event)
    return text


async def collected(client: MistralCore) -> None:
    """Fold a stream, and parse a class."""
    opened = (await chat_stream(client, model="m", messages=[UserMessage(content="?")])).unwrap()
    assert_type(await collect_completion(opened), Result[ChatCompletionResponse, Failure])
    chat = await parse(Person, chat_complete, client, model="m", messages=[])
    assert_type(chat, Result[Person, Failure])
    agent = await parse(list[Person], agents_complete, client, agent_id="a", messages=[])
    assert_type(agent, Result[list[Person], Failure])
    assert_type(structure_text("{}", Person), Result[Person, ResponseValidationError])


async def messages(client: MistralCore) -> None:
    """Write messages in all forms."""
    mine = [UserMessage(content="a"), UserMessage(content=[TextChunk(text="b")])]
    await chat_complete(client, model="m", messages=mine)
    await chat_complete(client, model="m", messages=({"role": "user", "content": "?"},))
    history: list[ChatCompletionRequestMessage] = [UserMessage(content="a")]
    response = (await chat_complete(client, model="m", messages=history)).unwrap()
    history.append(response.choices[0].message or AssistantMessage(content=response.text))
    await chat_complete(
        client,
        model="m",
        messages=history,
        tools=[Tool(function=Function(name="f")), {"type": "web_search"}],
        stop=["a"],
        temperature=None,
        reasoning_effort="a future type",
    )
    vectors = (await embeddings_create(client, model="m", input=["a", "b"])).unwrap().data
    assert_type([vector.embedding for vector in vectors], list[list[float] | str])


async def generator() -> AsyncIterator[bytes]:
    """Yield bytes."""
    yield b"x"


async def files(client: MistralCore) -> None:
    """Upload from all sources, and download in all ways."""

    async def progress(done: int, size: int | None) -> None: ...

    for content in (b"x", bytearray(b"x"), "path", Path("path"), io.BytesIO(b"x"), generator()):
        await files_upload(client, file=content, purpose="batch")
        await files_upload(client, file=File(content, file_name="x", progress=progress))
    with Path("x").open("rb") as file:  # noqa: ASYNC230
        await files_upload(client, file=file)
    download = (await files_download(client, "f")).unwrap()
    assert_type(download, ByteStream)
    assert_type(await download.save("path"), Result[Path, Failure])
    assert_type(await download.read(), Result[bytes, Failure])
    async with download as chunks:
        async for chunk in chunks:
            assert_type(chunk, Result[bytes, Failure])


async def jobs(client: MistralCore) -> None:
    """Create a job, wait for it, watch it."""
    await fine_tuning_jobs_create(
        client,
        model="m",
        training_files=[TrainingFile(file_id="f"), {"file_id": "g"}],
        hyperparameters=CompletionTrainingParametersIn(epochs=2, weight_decay=None),
    )
    waited = await fine_tuning_jobs_wait(client, "j", interval=1, until={"VALIDATED"})
    assert_type(waited, Result[DetailedJobOut, Failure])
    async for seen in fine_tuning_jobs_watch(client, "j"):
        if isinstance(seen, Ok) and not isinstance(seen.value, Unknown):
            assert_type(seen.value.fine_tuned_model, str | None)


async def pages(client: MistralCore) -> None:
    """Iterate over lists."""
    async for job in paginate(fine_tuning_jobs_list, client, page_size=10, status="RUNNING"):
        assert_type(job, Result[JobOut, Failure])
    async for file in paginate(files_list, client):
        assert_type(file, Result[FileSchema | Unknown, Failure])
    async for batch in paginate(batch_jobs_list, client, page=2):
        assert_type(batch, Result[BatchJob | Unknown, Failure])
    async for organization in paginate(beta_users_list_organizations, client):
        assert_type(organization, Result[UserOrganization | Unknown, Failure])
    async for account in paginate(beta_service_accounts_list, client, offset=0, limit=100):
        assert_type(account, Result[ServiceAccount | Unknown, Failure])
    async for event in paginate(beta_triggers_list_events, client, "trigger", limit=10):
        assert_type(event, Result[TriggerEvent | Unknown, Failure])
    async for trigger in paginate(beta_triggers_list, client, handler="agents"):
        assert_type(trigger, Result[Trigger | Unknown, Failure])
    async for model in paginate(models_list, client):
        assert_type(model, Result[ModelCard, Failure])


async def pages_of_documents(client: MistralCore) -> None:
    """Iterate over libraries, documents and other pages."""
    async for library in paginate(beta_libraries_list, client):
        assert_type(library, Result[Library | Unknown, Failure])
    async for document in paginate(beta_libraries_documents_list, client, "library"):
        assert_type(document, Result[Document | Unknown, Failure])
    async for prompt in paginate(beta_prompts_list, client, page_size=2):
        assert_type(prompt, Result[Prompt | Unknown, Failure])
    async for voice in paginate(audio_voices_search, client):
        assert_type(voice, Result[VoiceResponse | Unknown, Failure])


async def libraries(client: MistralCore) -> None:
    """Upload a folder, and wait for its documents."""
    async for item in upload_folder(client, "library", "folder", journal=Path("journal")):
        if isinstance(item, Ok):
            assert_type(item.value, DocumentUpload)
            assert_type(item.value.result, Result[Document, Failure])
    waited = await beta_libraries_documents_wait(client, "library", "document", deadline=60)
    assert_type(waited, Result[Document, Failure])


async def webhooks(client: MistralCore) -> None:
    """Create and delete triggers, list webhooks, and match the principal of the key."""
    action = CreateTriggerAction(primitive_id="workflow", type="start_workflow")
    trigger = (
        await beta_triggers_create(
            client,
            event_source_id="webhook",
            handler="workflows",
            action=action,
            owner_type="workspace",
            title="On push",
        )
    ).unwrap()
    assert_type(trigger.event_source, Webhook | None)
    match (await beta_users_whoami(client)).unwrap().principal:
        case WhoamiUserPrincipal(email=email):
            assert_type(email, str | None)
        case WhoamiServiceAccountPrincipal(service_account_id=account):
            assert_type(account, str)
        case Unknown(reason=reason):
            assert_type(reason, str)
    assert_type(await beta_webhooks_list(client), Result[list[Webhook | Unknown], Failure])
    assert_type(await beta_triggers_delete(client, trigger.id), Result[None, Failure])


async def batches(client: MistralCore) -> None:
    """Run a batch with responses of a class or mappings."""
    async for item in run_batch(
        client, [{"body": {}}], folder="f", endpoint="/v1/ocr", schema=ChatCompletionResponse
    ):
        assert_type(item, Result[BatchOutcome[ChatCompletionResponse], Failure])
        if isinstance(item, Ok):
            assert_type(item.value.result, Result[ChatCompletionResponse, Failure])
    async for raw in run_batch(
        client, (), folder=Path("f"), endpoint="/v1/ocr", schema=dict[str, Any]
    ):
        assert_type(raw, Result[BatchOutcome[dict[str, Any]], Failure])


async def live(client: MistralCore) -> None:
    """Live transcription and live speech."""
    opened = await audio_transcriptions_realtime(client, model="m", turn_detection={"x": 1})
    assert_type(opened, Result[RealtimeTranscription, Failure])
    async with opened.unwrap() as session:
        assert_type(await session.append(bytearray(b"x")), Result[None, Failure])
        assert_type(session.session, RealtimeTranscriptionSession)
        async for event in session:
            match event:
                case Ok(TranscriptionStreamTextDelta(text=text)):
                    assert_type(text, str)
                case Ok(value):
                    assert_type(value.__class__.__name__, str)
                case Err(error):
                    assert_type(error, Failure)
    async with opened.unwrap().transcribe(AudioBuffer()) as events:
        assert_type(events, AsyncIterator[Result[RealtimeTranscriptionEvent, Failure]])
    speaking = await audio_speech_realtime(client, model="m", voice=None)
    assert_type(speaking, Result[RealtimeSpeech, Failure])

    async def words() -> AsyncIterator[str]:
        yield "word"

    async with speaking.unwrap().speak(words()) as audio:
        async for part in audio:
            assert_type(part, Result[bytes, Failure])
