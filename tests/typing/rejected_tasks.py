"""Mistakes with streams, files, pages and batches: rejected, never run."""

import io

from mistral_core import Binary, Err, Events, File, MistralCore, Ok
from mistral_funcs import (
    audio_speech_realtime,
    audio_transcriptions_realtime,
    beta_service_accounts_list,
    beta_users_list_organizations,
    chat_complete,
    chat_stream,
    collect_completion,
    files_download,
    files_list,
    files_upload,
    fine_tuning_jobs_create,
    fine_tuning_jobs_wait,
    models_list,
    paginate,
    parse,
    run_batch,
)
from mistral_funcs.schemas import CompletionChunk, Function, Tool, UserMessage


async def streams(client: MistralCore) -> None:
    """Use a stream incorrectly."""
    result = await chat_stream(client, model="m", messages=[])
    async for _ in result:  # error: a result is not a stream
        pass
    stream = result.unwrap()
    async for _ in stream:  # error: it must be entered first
        pass
    with stream:  # error: it must be entered asynchronously
        pass
    async with stream as events:
        for _ in events:  # error: its events are asynchronous
            pass
        async for event in events:
            event.text  # error: an event may be an Err  # noqa: B018
            match event:  # error: a stream may fail
                case Ok():
                    pass
    await collect_completion(result)  # error: the result must be checked first


async def files(client: MistralCore) -> None:
    """Upload invalid sources."""
    await files_upload(client, file=io.StringIO("x"))  # error: a string is not bytes
    await files_upload(client, file=7)  # error: a number is not a file
    await files_upload(client, b"x")  # error: all arguments but the client are by keyword
    await files_upload(client, file=File(b"x", "name"))  # error: a name is by keyword
    await files_upload(client, file=File(b"x", progress=len))  # error: two numbers
    download = await files_download(client, "f")
    await download.save("path")  # error: a result is not a download
    async for _ in download.unwrap():  # error: it must be entered first
        pass


async def arguments(client: MistralCore) -> None:
    """Call with invalid arguments."""
    await chat_complete(client, model="m")  # error: messages are required
    await chat_complete(client, model="m", messages="hi")  # error: a string is not a message
    await chat_complete(client, model="m", messages=[], temprature=1)  # error: a typo
    await chat_complete(client, model="m", messages=[], n="2")  # error: a number is not a string
    UserMessage("hi")  # error: fields are by keyword
    Tool(function=Function(parameters={}))  # error: a function has a name
    await fine_tuning_jobs_create(client, model="m")  # error: hyperparameters are required
    await fine_tuning_jobs_wait(client, "j", until=7)  # error: statuses are a list


async def tasks(client: MistralCore) -> None:
    """Combine calls that cannot be combined."""
    paginate(files_list, client, purposes="batch")  # error: no such filter
    paginate(chat_complete, client, model="m", messages=[])  # error: a completion is not a list
    paginate(beta_service_accounts_list, client)  # error: the API requires an offset and a limit
    paginate(beta_users_list_organizations, client, page=1)  # error: it is paged by offset
    await parse(dict, models_list, client)  # error: models are not a chat operation
    run_batch(client, [], endpoint="/v1/ocr", schema=dict)  # error: a batch needs a folder
    run_batch(client, [7], folder="f", endpoint="/v1/ocr", schema=dict)  # error: a number
    Binary(schema=CompletionChunk)  # error: bytes have no schema
    Events()  # error: events have a schema
    Err(7)  # error: an error is an exception


async def live(client: MistralCore) -> None:
    """Use a session incorrectly."""
    opened = await audio_transcriptions_realtime(client, model="m")
    await audio_transcriptions_realtime(client)  # error: a session needs a model
    await audio_transcriptions_realtime(client, model="m", voice="v")  # error: it has no voice
    await opened.value.append(b"x")  # error: a result may be an Err
    connection = opened.unwrap()
    async for _ in connection:  # error: it must be entered first
        pass
    connection.transcribe(["x"])  # error: audio is an asynchronous iterable of bytes
    async with connection as session:
        await session.append("x")  # error: a string is not audio
        async for event in session:
            event.type  # error: an event may be an Err  # noqa: B018
    speaking = (await audio_speech_realtime(client, model="m")).unwrap()
    async with speaking as speech:
        await speech.append(b"x")  # error: bytes are not a string
