"""A voice agent in the stand-in for a room of LiveKit: what the agent does there."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, final

from tests.readme.stand_ins.livekit import rtc

TOPIC = "voice_agent.events"


@final
class VoiceAgent:
    """A voice agent."""

    def __init__(
        self,
        room: rtc.Room,
        *,
        identity: str = "agent",
        kind: int = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT,
    ) -> None:
        """Join a room."""
        self.room = room
        self.participant = rtc.RemoteParticipant(identity, kind)
        room._remote_participants[identity] = self.participant
        room._emit("participant_connected", self.participant)

    async def call_function(self, payload: str) -> str:
        """Call a function of the user's program, as soon as there is one."""
        handlers = self.room.local_participant._rpc_handlers
        while "mistral.function_tool" not in handlers:  # noqa: ASYNC110 - it is registered soon
            await asyncio.sleep(0)
        call = rtc.RpcInvocationData("1", self.participant.identity, payload, 10)
        return await handlers["mistral.function_tool"](call)

    def send(self, topic: str = TOPIC, **event: Any) -> None:
        """Send an event."""
        packet = rtc.DataPacket(json.dumps(event).encode(), 0, self.participant, topic)
        self.room._emit("data_received", packet)

    def speak(self, *frames: bytes, kind: int = rtc.TrackKind.KIND_AUDIO) -> None:
        """Publish a track."""
        track = rtc.RemoteAudioTrack("roomio_audio", kind)
        track._frames = frames
        self.room._emit("track_subscribed", track, None, self.participant)

    def accept(self, method: str, handler: Callable[[str], str]) -> None:
        """Be ready for calls of a method."""
        self.participant._handlers = {method: handler}

    def leave(self) -> None:
        """End the session."""
        self.room._emit("disconnected", 0)
