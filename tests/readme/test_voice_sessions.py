"""The guide to voice sessions, against a stand-in for the room; and the stand-in itself."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, get_args

import pytest

from mistral_funcs import ToolError, Tools, tool
from tests.readme.livekit_names import FACTS, names_of
from tests.readme.stand_ins.livekit import rtc
from tests.readme.texts import SNIPPETS, TEXTS
from tests.readme.voice_agent import VoiceAgent

BUILT_BY_THE_PACKAGE = {"Track.__init__", "Participant.__init__", "LocalParticipant.__init__"}
"""What the guide does not construct."""

GENERATED = {"TrackPublishOptions.__init__"}
"""A class of protobuf, whose parameters are known to type checkers only."""

STANDARD = rtc.ParticipantKind.PARTICIPANT_KIND_STANDARD


def refuse() -> str:
    """Refuse."""
    raise ToolError("Ask for something else.")


def get_weather(city: str) -> str:
    """Return the weather in a city."""
    return f"It rains in {city}."


@pytest.fixture
def guide() -> dict[str, Any]:
    """Return the names in the guide's code, of which `main` is not run."""
    names: dict[str, Any] = {}
    exec(SNIPPETS["voice_sessions_0"].replace("asyncio.run(main())", ""), names)  # noqa: S102
    return names


@pytest.fixture
def talk(guide: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Awaitable[Any]]:
    """Return a function that talks until an agent leaves, and returns the guide's room."""

    async def talk_with(script: Callable[[VoiceAgent, Any], Awaitable[None]]) -> Any:
        confirmed = tool(get_weather, name="confirmed", confirm=True)
        room = guide["VoiceRoom"](Tools(get_weather, refuse, confirmed))

        async def visit(stand_in: rtc.Room) -> None:
            agent = VoiceAgent(stand_in)
            try:
                await script(agent, room)
            finally:
                agent.leave()

        monkeypatch.setattr(rtc.Room, "_script", visit)
        await asyncio.wait_for(room.talk("wss://room", "token"), 10)
        return room

    return talk_with


@pytest.mark.parametrize(
    ("payload", "code", "text"),
    [
        ('{"name": "get_weather", "arguments": {"city": "Paris"}}', "", "It rains in Paris."),
        (
            '{"name": "get_weather", "arguments": "{\\"city\\": \\"Rome\\"}"}',
            "",
            "It rains in Rome.",
        ),
        ("{", 2400, "Invalid payload"),
        ("[]", 2400, "Invalid payload"),
        ('{"name": "get_weather"}', 2400, "Invalid payload"),
        ('{"name": ["a"], "arguments": {}}', 2404, "No function is named"),
        ('{"name": "get_snow", "arguments": {}}', 2404, "No function is named"),
        ('{"name": "get_weather", "arguments": {}}', 1, "`city` is missing"),
        ('{"name": "refuse", "arguments": null}', 1, "Ask for something else."),
        ('{"name": "confirmed", "arguments": {"city": "Rome"}}', 1, "requires confirmation"),
    ],
)
async def test_the_agent_calls_functions(
    talk: Callable[..., Awaitable[Any]], payload: str, code: int | str, text: str
) -> None:
    """It gets the result, or an error with the code that the API documents."""
    seen: list[Any] = []

    async def script(agent: VoiceAgent, _: Any) -> None:
        try:
            seen.append(("", await agent.call_function(payload)))
        except rtc.RpcError as error:
            seen.append((error.code, error.message))

    await talk(script)
    ((seen_code, seen_text),) = seen
    assert seen_code == code
    assert text in seen_text


async def test_nobody_else_calls_functions_or_reports_events(
    talk: Callable[..., Awaitable[Any]],
) -> None:
    """A participant of another kind may send the same, and so may a server."""
    codes: list[int] = []

    async def script(agent: VoiceAgent, _: Any) -> None:
        other = VoiceAgent(agent.room, identity="other", kind=STANDARD)
        with pytest.raises(rtc.RpcError) as caught:
            await other.call_function('{"name": "get_weather", "arguments": {"city": "Rome"}}')
        codes.append(caught.value.code)
        segment = {"type": "transcription.segment", "id": "1", "role": "user", "content": "no"}
        other.send(**segment)
        other.speak(b"no" * 4)
        agent.send(topic="other", **segment)
        nobody = rtc.DataPacket(json.dumps(segment).encode(), 0, None, "voice_agent.events")
        agent.room._emit("data_received", nobody)

    room = await talk(script)
    assert (codes, room.transcript, room.heard) == ([1], {}, b"")


async def test_a_segment_replaces_the_one_before(talk: Callable[..., Awaitable[Any]]) -> None:
    """They are cumulative, by id. What the guide does not know does not disturb it."""

    async def script(agent: VoiceAgent, _: Any) -> None:
        for text in ("How", "How is it", "How is it in Paris?"):
            agent.send(type="transcription.segment", id="1", role="user", content=text)
        agent.send(type="agent.state.changed", old_state="listening", state="thinking")
        agent.send(type="transcription.segment", id="2", role="assistant", content="Wet.")

    room = await talk(script)
    assert room.transcript == {"1": "user: How is it in Paris?", "2": "assistant: Wet."}


async def test_audio_goes_both_ways(talk: Callable[..., Awaitable[Any]]) -> None:
    """The microphone is a track of 48 kHz; all audio tracks of the agent are heard."""

    async def script(agent: VoiceAgent, _: Any) -> None:
        agent.speak(b"aa", b"bb")
        agent.speak(b"cc")
        agent.speak(b"no", kind=rtc.TrackKind.KIND_VIDEO)
        for _ in range(9):
            await asyncio.sleep(0)

    room = await talk(script)
    assert sorted(room.heard) == sorted(b"aabbcc")
    ((track, options),) = room.room.local_participant._tracks
    assert options.source == rtc.TrackSource.SOURCE_MICROPHONE
    assert track._source._format == (48_000, 1)
    *frames, closed = track._source._frames
    assert {(each.sample_rate, len(each.data)) for each in frames} == {(48_000, 960)}
    assert len(closed.data) == 0
    assert room.room._joined_with == ("wss://room", "token")


async def test_a_session_is_updated(talk: Callable[..., Awaitable[Any]]) -> None:
    """By a call of the agent, which returns the session."""
    sessions: list[Any] = []

    async def script(agent: VoiceAgent, room: Any) -> None:
        agent.accept("mistral.session_update", lambda changes: f'{{"session": {changes}}}')
        sessions.append(await room.update(instructions="Speak French."))

    await talk(script)
    assert sessions == [{"instructions": "Speak French."}]


@pytest.mark.parametrize("fatal", [True, False])
async def test_a_fatal_error_ends_the_session(
    talk: Callable[..., Awaitable[Any]], capsys: pytest.CaptureFixture[str], *, fatal: bool
) -> None:
    """Another one is only reported, as the end of a call is."""
    ended: list[bool] = []

    async def script(agent: VoiceAgent, room: Any) -> None:
        agent.send(type="tool_call.ended", id="1", name="get_weather", status="completed")
        agent.send(type="error", source="llm", code="1", message="No model", fatal=fatal)
        ended.append(room.ended.is_set())

    await talk(script)
    assert capsys.readouterr().out == "[get_weather: completed]\nThe agent failed: No model\n"
    assert ended == [fatal]


async def test_a_room_that_cannot_be_joined_is_left(
    guide: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the error of the package."""

    async def refuse_to_connect(*_: object) -> None:
        raise rtc.ConnectError("401")

    monkeypatch.setattr(rtc.Room, "connect", refuse_to_connect)
    with pytest.raises(rtc.ConnectError, match="401"):
        await guide["VoiceRoom"](Tools()).talk("wss://room", "token")


def test_the_stand_in_has_the_names_of_the_package() -> None:
    """With the same parameters and values, in the version that the guide names."""
    facts = json.loads(FACTS.read_text("utf-8"))
    version, events = facts.pop("version"), facts.pop("events")
    names = names_of(rtc)
    others = BUILT_BY_THE_PACKAGE | GENERATED
    assert {name: each for name, each in names.items() if name not in others} == {
        name: each for name, each in facts.items() if name not in others
    }
    assert {*get_args(rtc.EventTypes)} <= {*events}
    assert f"livekit {version}" in TEXTS["voice_sessions"]
