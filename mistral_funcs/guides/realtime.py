r"""Realtime audio: transcribe while someone speaks, and speak while text is written.

This example speaks a story while a model writes it, and transcribes the speech while it is
generated. Both use a WebSocket:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import audio_speech_realtime, audio_transcriptions_realtime, chat_stream


async def main() -> None:
    messages = [{"role": "user", "content": "A story, please."}]
    async with MistralCore() as client:
        story = await chat_stream(client, model="mistral-large-latest", messages=messages)
        speaker = await audio_speech_realtime(client, model="voxtral-mini-tts-latest")
        listener = await audio_transcriptions_realtime(client, model="voxtral-mini-latest")
        async with story.unwrap() as chunks:
            text = (chunk.unwrap().text async for chunk in chunks)
            async with speaker.unwrap().speak(text) as speech:
                audio = (part.unwrap() async for part in speech)
                async with listener.unwrap().transcribe(audio) as events:
                    print([event.unwrap() async for event in events][-1])


asyncio.run(main())
```

- `transcribe` takes an async iterable of audio and yields events. `speak` takes an async iterable
  of text and yields audio. Each item is an `Ok`; an `Err` is the last item, even if the iterable
  raises. What arrived before it is not lost.
- To send and receive at your own pace, enter the `RealtimeTranscription` or `RealtimeSpeech`
  itself: you get a `TranscriptionSession` or `SpeechSession` with `append`, `flush`, `end` and
  `update`. A session does not end by itself: call `flush` to get the text or speech of what you
  sent so far, and `end` to finish.
- `AudioBuffer` is a bounded buffer between a microphone and a session. When it is full, `put`
  waits, and `put_nowait` drops the oldest audio and counts it in `dropped`.
- `append` waits while the server is behind.
- Pings keep the connection open, and detect a server that no longer responds. A pause between
  events is no error; `Timeout.read` limits the time without any message or reply to a ping.
- `path=` is the path of the endpoint on a server of your own.

A browser must not see your API key. `realtime_sessions_create` returns a `client_secret` for it,
which is valid for `ttl_seconds`:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import realtime_sessions_create


async def main() -> None:
    async with MistralCore() as client:
        created = await realtime_sessions_create(
            client, model="voxtral-mini-latest", ttl_seconds=120
        )
        print(created.unwrap())


asyncio.run(main())
```

On the command line, audio is a WAV file, raw audio, or standard input:

```console
$ mistral-funcs audio transcriptions realtime meeting.wav --model voxtral-mini-latest
$ echo "Good morning." | mistral-funcs audio speech realtime --model voxtral-mini-tts-latest \
      --output morning.wav
```
"""
