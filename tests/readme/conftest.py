"""What the snippets need besides a sandbox: a room of LiveKit, in which a voice agent talks."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.readme.stand_ins.livekit import rtc
from tests.readme.voice_agent import VoiceAgent

STAND_INS = Path(__file__).with_name("stand_ins")


@pytest.fixture(autouse=True)
def livekit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `livekit` be its stand-in, also for type checkers. Its agent asks for the weather."""
    package = ModuleType("livekit")
    vars(package)["rtc"] = rtc
    monkeypatch.setitem(sys.modules, "livekit", package)
    monkeypatch.setitem(sys.modules, "livekit.rtc", rtc)
    monkeypatch.setenv("MYPYPATH", str(STAND_INS))
    monkeypatch.setattr(rtc.Room, "_script", ask_for_the_weather, raising=False)


async def ask_for_the_weather(room: rtc.Room) -> None:
    """Join a room, call a function, report the result and end the session."""
    agent = VoiceAgent(room)
    result = await agent.call_function('{"name": "get_weather", "arguments": {"city": "Paris"}}')
    agent.send(type="transcription.segment", id="1", role="assistant", content=result)
    agent.leave()
