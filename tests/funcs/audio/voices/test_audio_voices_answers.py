"""How the answers of the voices API are read, odd ones too."""

from mistral_core import (
    Headers,
    MistralCore,
    Ok,
    Response,
)
from mistral_core.testing import ScriptedTransport
from mistral_funcs import (
    audio_voices_get_sample_audio,
)


async def test_recording_is_handed_on_as_it_came() -> None:
    """Bytes, with the media type that the server says."""
    headers = Headers([("content-type", "audio/wav")])
    transport = ScriptedTransport(Response(200, headers, b"RIFF\0\xff"))
    result = await audio_voices_get_sample_audio(MistralCore(transport=transport), "v")
    stream = result.unwrap()
    assert stream.content_type == "audio/wav"
    assert await stream.read() == Ok(b"RIFF\0\xff")
