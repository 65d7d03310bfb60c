r'''Voice sessions: talk to a voice agent in a LiveKit room, and serve its function calls.

`audio_sessions_create` starts a voice agent and returns the URL and token of a LiveKit room. Join
the room with LiveKit's own package (`pip install livekit`), which sends and receives the audio.
When the agent requests a function call, `call_tool` executes it with the `Tools` of a run:

```python
import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from livekit import rtc

from mistral_core import MistralCore
from mistral_funcs import Tools, audio_sessions_close, audio_sessions_create, call_tool
from mistral_funcs.schemas import FunctionRequest, VoiceAgentFunctionToolRequest

RATE = 48_000  # Hz; audio is 16-bit mono


async def get_weather(city: str) -> str:
    """Return the weather in a city."""
    return f"It rains in {city}."


async def microphone() -> AsyncIterator[bytes]:
    while True:
        yield bytes(RATE // 50 * 2)  # 20 ms of silence: yield your audio here


class VoiceRoom:
    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.room = rtc.Room()
        self.ended = asyncio.Event()
        self.transcript: dict[str, str] = {}
        self.heard = bytearray()
        self.listening: list[asyncio.Task[None]] = []
        self.room.on("data_received", self.on_event)
        self.room.on("track_subscribed", self.on_track)
        self.room.on("disconnected", self.ended.set)

    async def talk(self, url: str, token: str) -> None:
        """Join the room, and talk until the session ends."""
        source = rtc.AudioSource(RATE, 1)
        track = rtc.LocalAudioTrack.create_audio_track("microphone", source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        try:
            await self.room.connect(url, token)
            me = self.room.local_participant
            me.register_rpc_method("mistral.function_tool", self.call_function)
            await me.publish_track(track, options)
            async for audio in microphone():
                if self.ended.is_set():
                    break
                await source.capture_frame(rtc.AudioFrame(audio, RATE, 1, len(audio) // 2))
        finally:
            await self.room.disconnect()
            for task in self.listening:
                task.cancel()
            await source.aclose()

    def is_agent(self, participant: rtc.RemoteParticipant | None) -> bool:
        agent = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
        return participant is not None and participant.kind == agent

    async def call_function(self, data: rtc.RpcInvocationData) -> str:
        """Call a function for the agent. An `RpcError` reports a failure to it."""
        if not self.is_agent(self.room.remote_participants.get(data.caller_identity)):
            raise rtc.RpcError(1, "Only the agent can call functions")
        try:
            payload = json.loads(data.payload)
            name, arguments = str(payload["name"]), payload["arguments"]
        except (ValueError, TypeError, LookupError) as error:
            raise rtc.RpcError(2400, f"Invalid payload: {error!r}") from None
        if name not in self.tools.current():
            raise rtc.RpcError(2404, f"No function is named {name}")
        call = await call_tool(self.tools, name, arguments)
        if call.status != "succeeded":
            raise rtc.RpcError(1, call.text or "The call requires confirmation")
        return call.text

    def on_event(self, packet: rtc.DataPacket) -> None:
        if packet.topic != "voice_agent.events" or not self.is_agent(packet.participant):
            return
        event: Any = json.loads(packet.data)
        match event:
            case {"type": "transcription.segment", "id": key, "role": role, "content": text}:
                self.transcript[key] = f"{role}: {text}"  # the segment so far: replace it
            case {"type": "tool_call.ended", "name": name, "status": status}:
                print(f"[{name}: {status}]")
            case {"type": "error", "message": message}:
                print(f"The agent failed: {message}")
                if event.get("fatal"):
                    self.ended.set()
            case _:
                pass  # there are more events

    def on_track(self, track: rtc.Track, _: object, participant: rtc.RemoteParticipant) -> None:
        if self.is_agent(participant) and track.kind == rtc.TrackKind.KIND_AUDIO:
            self.listening.append(asyncio.create_task(self.listen(track)))

    async def listen(self, track: rtc.Track) -> None:
        stream = rtc.AudioStream(track, sample_rate=RATE, num_channels=1)
        async for event in stream:
            self.heard += event.frame.data.cast("B")  # play it here
        await stream.aclose()

    async def update(self, **changes: Any) -> Any:
        """Change the session, such as its `instructions`, and return it."""
        agents = filter(self.is_agent, self.room.remote_participants.values())
        reply = await self.room.local_participant.perform_rpc(
            destination_identity=next(agents).identity,
            method="mistral.session_update",
            payload=json.dumps(changes),
        )
        return json.loads(reply)["session"]


async def main() -> None:
    tools = Tools(get_weather, timeout=10)
    functions = [
        VoiceAgentFunctionToolRequest(
            function=FunctionRequest(
                name=each.definition.name,
                description=each.definition.description,
                parameters=each.definition.parameters,
            )
        )
        for each in tools.current().values()
    ]
    async with MistralCore() as client:
        created = await audio_sessions_create(client, instructions="Be brief.", tools=functions)
        session = created.unwrap()
        try:
            room = VoiceRoom(tools)
            await room.talk(session.server_url or "", session.participant_token or "")
            print("\n".join(room.transcript.values()))
        finally:
            await audio_sessions_close(client, session.id)


asyncio.run(main())
```

The tests of this package execute this code against a stand-in for the room, with the names,
parameters and values of livekit 1.2.1, and not against a LiveKit server.

- **Function calls** are calls of the method `mistral.function_tool` with `{"name": ...,
  "arguments": ...}`. Respond with a string, or raise an `RpcError`: 2400 if the payload is
  invalid, 2404 if no function has the name, 1 if the call failed. `call_tool` returns a `RunCall`
  whose `text` is the result or the error; the message of an exception is in it only for a
  `ToolError`. A tool that requires confirmation is not called: ask the user, and pass
  `approved=True`.
- **Events** are JSON with the topic `voice_agent.events`. Read them from the agent only, and let
  only the agent call functions: other participants can send the same. They are
  `tool_call.started`, `tool_call.ended`, `transcription.segment`, `agent.state.changed`,
  `session.updated` and `error`. A segment contains all of its text so far and arrives again under
  the same `id` until `final`.
- **Changes** of the session, such as `update(instructions="Speak French.")`, take effect in the
  agent's next turn.
- The agent may have several tracks, for speech and for sounds while a tool runs. Play all of them.
- The token is valid until `expires_at`. `timeout_ms` of a function limits how long the agent waits
  for its result. Give `Tools(timeout=...)` a lower limit, so that the agent receives an error
  rather than no response.
'''
