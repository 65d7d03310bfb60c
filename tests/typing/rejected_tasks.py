"""What a user may get wrong with streams, files, pages and batches: rejected, never run."""

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
    """Read a stream as what it is not."""
    result = await chat_stream(client, model="m", messages=[])
    async for _ in result:  # error: a result is no stream
        pass
    stream = result.unwrap()
    async for _ in stream:  # error: it is entered first
        pass
    with stream:  # error: it is entered asynchronously
        pass
    async with stream as events:
        for _ in events:  # error: its events come asynchronously
            pass
        async for event in events:
            event.text  # error: an event may be an Err  # noqa: B018
            match event:  # error: a stream may break off
                case Ok():
                    pass
    await collect_completion(result)  # error: the result is to be looked at first


async def files(client: MistralCore) -> None:
    """Upload what is no file."""
    await files_upload(client, file=io.StringIO("x"))  # error: text is no bytes
    await files_upload(client, file=7)  # error: a number is no file
    await files_upload(client, b"x")  # error: all but the client is by keyword
    await files_upload(client, file=File(b"x", "name"))  # error: a name is by keyword
    await files_upload(client, file=File(b"x", progress=len))  # error: two numbers
    download = await files_download(client, "f")
    await download.save("path")  # error: a result is no download
    async for _ in download.unwrap():  # error: it is entered first
        pass


async def arguments(client: MistralCore) -> None:
    """Call with what does not fit."""
    await chat_complete(client, model="m")  # error: there is nothing to answer
    await chat_complete(client, model="m", messages="hi")  # error: a text is no message
    await chat_complete(client, model="m", messages=[], temprature=1)  # error: a typo
    await chat_complete(client, model="m", messages=[], n="2")  # error: a number is no text
    UserMessage("hi")  # error: fields are by keyword
    Tool(function=Function(parameters={}))  # error: a function has a name
    await fine_tuning_jobs_create(client, model="m")  # error: hyperparameters are required
    await fine_tuning_jobs_wait(client, "j", until=7)  # error: statuses are several


async def tasks(client: MistralCore) -> None:
    """Build on calls what cannot be built."""
    paginate(files_list, client, purposes="batch")  # error: no such filter
    paginate(chat_complete, client, model="m", messages=[])  # error: a completion is no list
    paginate(beta_service_accounts_list, client)  # error: the API requires an offset and a limit
    paginate(beta_users_list_organizations, client, page=1)  # error: it is paged by an offset
    await parse(dict, models_list, client)  # error: models are no chat
    run_batch(client, [], endpoint="/v1/ocr", schema=dict)  # error: a batch has a folder
    run_batch(client, [7], folder="f", endpoint="/v1/ocr", schema=dict)  # error: a number
    Binary(schema=CompletionChunk)  # error: bytes have no schema
    Events()  # error: events have a schema
    Err(7)  # error: an error is an exception


async def live(client: MistralCore) -> None:
    """Use a session as what it is not."""
    opened = await audio_transcriptions_realtime(client, model="m")
    await audio_transcriptions_realtime(client)  # error: a session has a model
    await audio_transcriptions_realtime(client, model="m", voice="v")  # error: it has no voice
    await opened.value.append(b"x")  # error: a result may be an Err
    connection = opened.unwrap()
    async for _ in connection:  # error: it is entered first
        pass
    connection.transcribe(["x"])  # error: audio comes asynchronously, and as bytes
    async with connection as session:
        await session.append("x")  # error: text is no audio
        async for event in session:
            event.type  # error: an event may be an Err  # noqa: B018
    speaking = (await audio_speech_realtime(client, model="m")).unwrap()
    async with speaking as speech:
        await speech.append(b"x")  # error: bytes are no text
