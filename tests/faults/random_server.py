"""A blocking socket server that closes, duplicates, delays and interleaves at random.

`python -m tests.faults.random_server SEED` serves until its standard input ends. It prints its URL
first, and then what it did as JSON.
"""

import json
import random
import select
import socket
import struct
import sys
import threading
import time
from collections import Counter
from typing import BinaryIO, Literal, final

import attrs

TIMED_OUT = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 2\r\n\r\n{}"
OWN = b"the response again"


@final
@attrs.frozen
class Fate:
    """What happens to a request.

    Attributes:
        chance: Probability in percent.
        late: Whether there is a pause before the response.
        split: Whether there is a pause in the middle of it.
        copies: Number of copies of the response.
        later: Bytes to send after a pause without a request.
        end: How the connection ends.
    """

    chance: int
    late: bool = False
    split: bool = False
    copies: int = 1
    later: bytes | None = None
    end: Literal["close", "reset"] | None = None


FATES = {
    "a response": Fate(60),
    "a late response": Fate(8, late=True),
    "a response in parts": Fate(5, split=True),
    "a response, and a close at once": Fate(5, end="close"),
    "a response, and a close later": Fate(5, later=b"", end="close"),
    "a response, and a reset later": Fate(2, later=b"", end="reset"),
    "a response twice": Fate(4, copies=2),
    "a response, and again later": Fate(4, later=OWN),
    "a response, and a 408 later": Fate(2, later=TIMED_OUT),
    "a response, and a 408 and a close later": Fate(2, later=TIMED_OUT, end="close"),
    "a response, and half a head later": Fate(2, later=TIMED_OUT[:20]),
    "a close instead of a response": Fate(1, copies=0, end="close"),
}


def response_to(name: str) -> bytes:
    """Return the response that belongs to one request."""
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    fields: dict[str, object] = {
        "id": name,
        "model": name,
        "object": "model",
        "capabilities": {},
        "choices": [],
    }
    body = json.dumps(fields | {"created": 0, "usage": usage}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


@final
@attrs.define
class RandomServer:
    """A server whose behavior depends only on the seed and on the name in a request.

    Attributes:
        seed: Seed of the random numbers.
        delivered: Number of times that each request was read, by name.
        crossed: Requests that arrived on a connection after unsolicited bytes had been sent there:
            the two crossed on the wire, or the client has a fault.
    """

    seed: int
    delivered: Counter[str] = attrs.field(factory=Counter[str])
    crossed: set[str] = attrs.field(factory=set[str])

    def fate(self, name: str) -> tuple[Fate, float]:
        """Return the fate of a request, and the seconds of its pause."""
        chance = random.Random(f"{self.seed} {name}")  # noqa: S311
        (fate,) = chance.choices([*FATES.values()], [each.chance for each in FATES.values()])
        return fate, chance.random() * 0.005

    def serve(self, connection: socket.socket) -> None:
        """Respond to the requests on one connection until either side closes it."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            try:
                reader = connection.makefile("rb")
                crossed = False
                while (name := read_request(reader)) is not None:
                    self.delivered[name] += 1
                    if crossed:
                        self.crossed.add(name)
                    fate, pause = self.fate(name)
                    crossed = befall(connection, fate, pause, response_to(name))
            except OSError:
                return


def befall(connection: socket.socket, fate: Fate, pause: float, response: bytes) -> bool:
    """Respond as fate demands. Return whether unsolicited bytes were sent.

    Raises:
        ConnectionResetError: The connection is to be closed.
    """
    half = len(response) // 2 if fate.split else 0
    connection.sendall(response[:half])
    if fate.late or fate.split:
        time.sleep(pause)
    connection.sendall(response[half:] * fate.copies)
    if fate.later is not None:
        if not idle(connection, pause):
            return False
        connection.sendall(response if fate.later is OWN else fate.later)
    if fate.end == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if fate.end is not None:
        raise ConnectionResetError
    return bool(fate.later)


def idle(connection: socket.socket, seconds: float) -> bool:
    """Wait, and return whether no request arrived meanwhile."""
    return not select.select([connection], [], [], seconds)[0]


def read_request(reader: BinaryIO) -> str | None:
    """Read a request and return its name: the model in its body or path. `None` is the end."""
    path = reader.readline().split()[1:2]
    length = 0
    while (line := reader.readline()) not in (b"\r\n", b""):
        header, _, value = line.lower().partition(b":")
        length = int(value) if header == b"content-length" else length
    if length:
        return str(json.loads(reader.read(length))["model"])
    return path[0].decode().removesuffix("/archive").rpartition("/")[2] if path else None


def main() -> None:
    """Serve until standard input ends."""
    server = RandomServer(int(sys.argv[1]))
    with socket.create_server(("127.0.0.1", 0), backlog=200) as listening:
        threading.Thread(target=accept, args=(server, listening), daemon=True).start()
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)  # noqa: T201
        sys.stdin.read()
        facts = {"delivered": server.delivered, "crossed": sorted(server.crossed)}
        print(json.dumps(facts), flush=True)  # noqa: T201


def accept(server: RandomServer, listening: socket.socket) -> None:
    """Serve each connection in its own thread."""
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=server.serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
