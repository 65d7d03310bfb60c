r"""Audio: generate speech, and transcribe recordings.

Generate speech with a preset voice, and transcribe it:

```python
import asyncio

from mistral_core import File, MistralCore
from mistral_funcs import (
    audio_speech_complete,
    audio_transcriptions_complete,
    audio_voices_list,
)
from mistral_funcs.schemas import VoiceResponse


async def main() -> None:
    async with MistralCore() as client:
        voices = (await audio_voices_list(client, type="preset")).unwrap().items
        voice = next(each for each in voices if isinstance(each, VoiceResponse))
        speech = await audio_speech_complete(
            client, input="Good morning.", voice_id=voice.id, response_format="wav"
        )
        recording = File(speech.unwrap().audio, file_name="morning.wav")

        transcription = await audio_transcriptions_complete(
            client, model="voxtral-mini-latest", file=recording
        )
        print(transcription.unwrap().text)


asyncio.run(main())
```

Pass the recording as `file` (bytes, a path, an open file, an async iterable, or a `File` with a
name and a progress function), as `file_url`, or as the `file_id` of an uploaded file.
`audio_speech_stream` and `audio_transcriptions_stream` stream their responses.

`audio_voices_list(type="preset")` lists preset voices, and `audio_voices_search` searches them.
`audio_voices_create` creates a voice from a recording. To use the voice of a recording for a
single call, pass the recording to `audio_speech_complete` as `ref_audio`.

On the command line:

```console
$ mistral-funcs audio speech complete "Good morning." --output morning.mp3
$ mistral-funcs audio transcriptions complete morning.mp3 --model voxtral-mini-latest
```

Live audio, in both directions: `mistral_funcs.guides.realtime`.
"""
