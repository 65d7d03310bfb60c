"""An MCP server over standard input and output that misbehaves in many ways.

The first argument selects the startup behavior, and the name of a tool its own behavior.
"""

import json
import os
import signal
import sys
import time
from typing import Any

BEGINNING = sys.argv[1] if len(sys.argv) > 1 else "well"
TOOLS: list[Any] = [
    {"name": "well", "description": "Respond.", "inputSchema": {"type": "object"}},
    {"name": "null", "title": "Null", "inputSchema": {}},
    {"name": "numbered"},
    {"name": "list", "inputSchema": {"$schema": "http://json-schema.org/draft-07/schema#"}},
    {"name": "blocks", "inputSchema": {"properties": {"tags": {"type": "array"}}}},
    {"name": "silent", "inputSchema": {"type": "object", "properties": {}}},
    {"name": "endless", "outputSchema": 5},
    {"name": "error", "annotations": "wrong"},
    {"name": "input"},
    {"name": "text"},
    {"name": "closes"},
    {"name": "forgets"},
    {"name": "well", "description": "A second one."},
    {"name": "scalar", "inputSchema": {"type": "string"}},
    {"name": "no-object", "inputSchema": ["a"]},
    {"name": "invalid", "inputSchema": {"type": "object", "properties": {"a": {"type": 5}}}},
    {"inputSchema": {"type": "object"}},
    "no tool",
]
RESULTS: dict[str, Any] = {
    "well": {"content": [{"type": "text", "text": "well"}]},
    "null": None,
    "numbered": 5,
    "list": {"content": "text", "structuredContent": [1, 2]},
    "blocks": {
        "content": [{"type": "video", "data": "x"}, {"type": "text"}, 7],
        "structuredContent": {"a": 1},
    },
    "text": {"content": [], "structuredContent": {"only": "structured"}},
    "input": {"resultType": "input_required", "requestState": "s"},
}


def send(message: dict[str, Any]) -> None:
    """Write a message."""
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def initialized(version: str) -> dict[str, Any]:
    """Return the result of `initialize`."""
    return {
        "protocolVersion": version,
        "capabilities": {"tools": {"listChanged": True}},
        "serverInfo": {"name": "misbehaving", "version": "1"},
    }


def page(cursor: str | None) -> dict[str, Any]:
    """Return a page of tools. There are three, and the last one repeats a cursor."""
    if BEGINNING != "pages":
        return {"tools": "none" if BEGINNING == "no-tools" else TOOLS, "nextCursor": 7}
    number = int(cursor or 0)
    return {"tools": [{"name": f"tool_{number}"}], "nextCursor": str(min(number + 1, 2))}


def call(key: int, name: str) -> None:
    """Respond to a call of a tool."""
    if name == "well" and BEGINNING == "modern":
        send({"id": key, "result": {**RESULTS["well"], "resultType": "complete"}})
    elif name in RESULTS:
        send({"id": key, "result": RESULTS[name]})
    elif name == "error":
        send({"id": key, "error": {"code": -32000, "message": "Connection closed"}})
    elif name == "forgets":
        RESULTS["forgets"] = RESULTS["well"]
        send({"method": "notifications/tools/list_changed"})
        send({"id": key, "result": RESULTS["well"]})
    elif name == "closes":
        os.close(1)
    elif name == "endless":
        while True:
            sys.stdout.write("x" * 2**16)


MODERN = {"ttlMs": 0, "cacheScope": "private", "resultType": "complete"}
"""Additional fields of results in the newest protocol."""

BEGINNINGS: dict[str, dict[str, Any]] = {
    "refuses": {"error": {"code": -32603, "message": "Not today"}},
    "future": {"result": initialized("2999-01-01")},
    "invalid": {"result": {"protocolVersion": 5}},
    "modern": {"error": {"code": -32601, "message": "Method not found"}},
}
"""Responses to `initialize`."""


def list_tools(key: int, cursor: str | None) -> None:
    """Respond with a page of tools, or with an error after a call of `forgets`."""
    if "forgets" in RESULTS:
        send({"id": key, "error": {"code": -32603, "message": "Forgotten"}})
    else:
        added = MODERN if BEGINNING == "modern" else {}
        send({"id": key, "result": {**page(cursor), **added}})


def listen(key: int) -> None:
    """Acknowledge a subscription, and report a change."""
    meta = {"io.modelcontextprotocol/subscriptionId": key}
    acknowledged = {"_meta": meta, "notifications": {"toolsListChanged": True}}
    send({"method": "notifications/subscriptions/acknowledged", "params": acknowledged})
    TOOLS.insert(0, {"name": "later"})
    send({"method": "notifications/tools/list_changed", "params": {"_meta": meta}})


def respond(message: dict[str, Any]) -> None:
    """Respond to a message."""
    key, method, params = message.get("id"), message["method"], message.get("params", {})
    if key is None:
        return
    match method:
        case "initialize":
            default = {"result": initialized("2025-11-25")}
            send({"id": key, **BEGINNINGS.get(BEGINNING, default)})
        case "server/discover":
            capabilities = {"tools": {"listChanged": True}}
            versions = {"supportedVersions": ["2026-07-28"], "capabilities": capabilities}
            send({"id": key, "result": {**versions, **MODERN}})
        case "tools/list":
            list_tools(key, params.get("cursor"))
        case "tools/call":
            call(key, params["name"])
        case "subscriptions/listen":
            listen(key)
        case _:
            raise NotImplementedError(method)


def main() -> None:
    """Respond to messages until the input ends."""
    if BEGINNING == "dies":
        sys.stderr.write("first\nModuleNotFoundError: No module named 'x'\n")
        sys.exit(7)
    if BEGINNING == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if BEGINNING == "noisy":
        sys.stdout.write("Starting...\n[1, 2]\n{}\n\n" + "[" * 100_000 + "\n")
        params = {"level": "info", "data": "for whom it concerns"}
        send({"method": "notifications/message", "params": params})
    for line in sys.stdin:
        if BEGINNING == "hangs":
            continue
        respond(json.loads(line))
    while BEGINNING == "deaf":
        time.sleep(60)


if __name__ == "__main__":
    main()
