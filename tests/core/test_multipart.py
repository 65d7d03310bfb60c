"""Forms: names of fields, and media types of files."""

import io
from typing import Any

import pytest

from mistral_core import JSON, Err, File, InvalidRequestError, MistralCore, Operation
from mistral_core.request.media_types import MEDIA_TYPES, media_type
from mistral_core.testing import ScriptedTransport, json_response

UPLOAD = Operation("POST", "/v1/x", returns=JSON(dict[str, Any]))

NAMES = {
    "plain": "plain",
    "naïve": "naïve",
    'a"b': "a%22b",
    "a\r\nX-Evil: 1": "a%0D%0AX-Evil: 1",
    'a"; filename="b': "a%22; filename=%22b",
    "a\nb": "a%0Ab",
}
"""Names of fields, and their escaped form as in browsers."""


async def sent(fields: dict[Any, Any]) -> list[str]:
    """Return the lines of the form in a request."""
    transport = ScriptedTransport(json_response({}))
    (await MistralCore("key", transport=transport).execute(UPLOAD, form=fields)).unwrap()
    (request,) = transport.requests
    assert request.body is not None
    assert not isinstance(request.body, bytes)
    return b"".join([chunk async for chunk in request.body]).decode().split("\r\n")


@pytest.mark.parametrize("value", ["text", File(b"bytes", file_name='f"')])
@pytest.mark.parametrize("name", NAMES)
async def test_the_name_of_a_field_is_escaped(name: str, value: object) -> None:
    """In text fields and files. It cannot inject a header."""
    _, disposition, *rest = await sent({name: value})
    more = '; filename="f%22"' if isinstance(value, File) else ""
    assert disposition == f'Content-Disposition: form-data; name="{NAMES[name]}"{more}'
    assert len(rest) == (5 if more else 4)


@pytest.mark.parametrize("value", ["text", ["a", "b"], File(b"bytes")])
@pytest.mark.parametrize("name", ["\ud800", "a\udfffb", 7, None, b"x"])
async def test_an_invalid_name_is_refused(name: Any, value: object) -> None:
    """With an `Err`, and nothing is sent."""
    transport = ScriptedTransport()
    client = MistralCore("key", transport=transport)
    result = await client.execute(UPLOAD, form={name: value})
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert not transport.requests


class FormOfTrouble(dict[str, object]):
    """Fields that cannot be read."""

    def items(self) -> Any:
        """Raise an error."""
        raise RuntimeError("no database")


async def test_a_form_that_raises_is_an_err() -> None:
    """Whatever exception it raises."""
    client = MistralCore("key", transport=ScriptedTransport())
    result = await client.execute(UPLOAD, form=FormOfTrouble())
    assert isinstance(result, Err)
    assert "no database" in result.error.message


RECORDINGS = {
    "a.webm": "audio/webm",
    "a.WEBM": "audio/webm",
    "a.mp4": "audio/mp4",
    "a.m4a": "audio/mp4",
    "a.m4v": "audio/mp4",
    "a.mov": "audio/mp4",
    "a.mpeg": "audio/mpeg",
    "a.mpg": "audio/mpeg",
    "a.mpga": "audio/mpeg",
    "a.mp3": "audio/mpeg",
    "a.ogg": "audio/ogg",
    "a.ogv": "audio/ogg",
    "a.opus": "audio/ogg",
    "a.wav": "audio/wav",
    "a.flac": "audio/flac",
    "a.aac": "audio/aac",
    "a.3gp": "audio/3gpp",
    "a.3g2": "audio/3gpp2",
    "a.mkv": "audio/matroska",
    "talk.final.webm": "audio/webm",
}
"""Names of recordings, and the types that audio operations send."""


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_has_an_audio_type(name: str) -> None:
    """Although its container may hold video. Other operations send the normal type."""
    assert media_type(name, audio=True) == RECORDINGS[name]
    assert media_type(name) == MEDIA_TYPES[f".{name.rpartition('.')[2].lower()}"]


@pytest.mark.parametrize("audio", [True, False])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("train.jsonl", "application/jsonl"),
        ("a.PDF", "application/pdf"),
        ("a.xml", "text/xml"),
        ("a.tar.gz", "application/octet-stream"),
        ("a.unheard-of", "application/octet-stream"),
        ("file", "application/octet-stream"),
        (".jsonl", "application/octet-stream"),
        ("", "application/octet-stream"),
        ("//[a.xml", "text/xml"),
        ("a.://[", "application/octet-stream"),
    ],
)
def test_the_type_of_a_file_is_guessed_from_its_name(
    name: str, expected: str, *, audio: bool
) -> None:
    """From the package's table, or else by Python."""
    assert media_type(name, audio=audio) == expected


async def test_an_explicit_type_is_sent() -> None:
    """For audio operations too."""
    audio = Operation("POST", "/v1/x", returns=JSON(dict[str, Any]), audio=True)
    transport = ScriptedTransport(json_response({}), json_response({}))
    client = MistralCore("key", transport=transport)
    for content_type in (None, "video/webm"):
        file = File(io.BytesIO(b"x"), file_name="a.webm", content_type=content_type)
        (await client.execute(audio, form={"file": file})).unwrap()
    bodies: list[Any] = [request.body for request in transport.requests]
    heads = [(b"".join([chunk async for chunk in body])).decode() for body in bodies]
    assert "Content-Type: audio/webm" in heads[0]
    assert "Content-Type: video/webm" in heads[1]
