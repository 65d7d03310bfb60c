"""A sandbox, and its clients: in process and over HTTP."""

from collections.abc import AsyncGenerator

import pytest

from mistral_core import MistralCore, RetryConfig
from mistral_funcs.sandbox import Sandbox

ONCE = RetryConfig(strategy="none")


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a new sandbox."""
    return Sandbox()


@pytest.fixture(params=["in process", "over HTTP"])
async def client(
    request: pytest.FixtureRequest, sandbox: Sandbox
) -> AsyncGenerator[MistralCore, None]:
    """Yield a client of the sandbox, in process and over HTTP."""
    if request.param == "in process":
        yield MistralCore(transport=sandbox, retry_config=ONCE)
        return
    async with (
        sandbox.serve() as url,
        MistralCore(sandbox.api_key, server_url=url, retry_config=ONCE) as over_http,
    ):
        yield over_http


@pytest.fixture
def here(sandbox: Sandbox) -> MistralCore:
    """Return an in-process client, for tests that need only one."""
    return MistralCore(transport=sandbox, retry_config=ONCE)
