"""A Chromium without a window, driven over the DevTools protocol."""

import asyncio
import shutil
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, final

import aiohttp
import attrs

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--remote-debugging-port=0"),
)
LONGEST = 60
"""Seconds to wait for the browser at most: a machine may be busy."""


@final
@attrs.define(eq=False)
class Tab:
    """A tab.

    Attributes:
        socket: The connection to the browser.
        session: The id of the session with the tab.
        problems: Messages on the console, exceptions, and requests that failed.
        urls: The URLs of all requests.
    """

    socket: aiohttp.ClientWebSocketResponse
    session: str = ""
    problems: list[str] = attrs.field(factory=list[str])
    urls: list[str] = attrs.field(factory=list[str])
    _numbers: "count[int]" = attrs.field(factory=count)
    _loaded: bool = False

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the protocol, and return its result."""
        number = next(self._numbers)
        session = {"sessionId": self.session} if self.session else {}
        message = {"id": number, "method": method, "params": parameters, **session}
        await self.socket.send_json(message)
        while True:
            response = await self._receive()
            if response.get("id") == number:
                assert "error" not in response, (method, response)
                return response["result"]

    async def open(self, url: str) -> None:
        """Open a page, and wait until it is loaded."""
        self._loaded = False
        await self.call("Page.navigate", url=url)
        while not self._loaded:
            await self._receive()

    async def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, which may be a promise."""
        result = await self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    async def press(self, key: str, text: str = "") -> None:
        """Press a key and release it."""
        await self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def show(self, width: int, scheme: str) -> None:
        """Set the width of the window and the preferred color scheme."""
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        await self.call("Emulation.setDeviceMetricsOverride", **size)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        await self.call("Emulation.setEmulatedMedia", features=[feature])

    async def _receive(self) -> Any:
        event = await asyncio.wait_for(self.socket.receive_json(), LONGEST)
        parameters = event.get("params", {})
        match event.get("method"):
            case "Page.loadEventFired":
                self._loaded = True
            case "Network.requestWillBeSent":
                self.urls.append(parameters["request"]["url"])
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded":
                self.problems.append(str(parameters))
            case "Network.loadingFailed":
                self.problems.append(str(parameters))
            case _:
                pass
        return event


@asynccontextmanager
async def chromium(profile: Path) -> AsyncGenerator[Tab, None]:
    """Start the browser, and yield a tab.

    Args:
        profile: An empty folder for the user's profile.
    """
    assert CHROMIUM
    process = await asyncio.create_subprocess_exec(
        *(CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stderr
        url = ""
        async with asyncio.timeout(LONGEST):
            while not url.startswith("ws://"):
                line = await process.stderr.readline()
                assert line, "the browser did not start"
                url = line.decode().partition("DevTools listening on ")[2].strip()
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(url, max_msg_size=0) as socket,
        ):
            tab = Tab(socket)
            target = await tab.call("Target.createTarget", url="about:blank")
            attached = await tab.call("Target.attachToTarget", **target, flatten=True)
            tab.session = attached["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network"):
                await tab.call(f"{domain}.enable")
            yield tab
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()
