r"""Speech and transcription of recordings. For live audio, see the guide `realtime`.

Speak with a voice, and transcribe the recording:

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

`file` is bytes, a path, an open file or a `File` with a name and a progress function; `file_url` is
a recording on the web. `audio_speech_stream` and `audio_transcriptions_stream` return their
responses as they are generated.

`audio_voices_list(type="preset")` lists preset voices, and `audio_voices_search` searches them.
`audio_voices_create` makes a voice of a recording, and `ref_audio` uses the voice of a recording
for one call.

```console
$ mistral-funcs audio speech complete "Good morning." --output morning.mp3
$ mistral-funcs audio transcriptions complete morning.mp3 --model voxtral-mini-latest
```
"""
