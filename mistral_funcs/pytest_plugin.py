"""Fixtures for pytest, for who asks for them by name.

`pytest -p mistral_funcs.pytest_plugin`, or in the `conftest.py` at the root of the tests
`pytest_plugins = ["mistral_funcs.pytest_plugin"]`.
"""

try:
    import pytest
except ModuleNotFoundError as error:
    raise ImportError("`mistral_funcs.pytest_plugin` needs pytest: pip install pytest") from error

from mistral_core import MistralCore, RetryConfig
from mistral_funcs.sandbox import Sandbox

AT_ONCE = RetryConfig(initial_interval=0)


@pytest.fixture
def mistral_sandbox() -> Sandbox:
    """Make a Mistral API for one test: set its `state`, let it `fail`, read its `requests`."""
    return Sandbox()


@pytest.fixture
def mistral_client(mistral_sandbox: Sandbox) -> MistralCore:
    """Make a client of `mistral_sandbox`, which retries without a pause and needs no closing."""
    # The server is named so that the environment does not: a path in its URL would lead astray.
    return MistralCore(transport=mistral_sandbox, server="global", retry_config=AT_ONCE)
