"""Fixtures for pytest. Enable them by name.

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
    """Return a new sandbox: set its `state`, make it `fail`, read its `requests`.

    Jobs take a step each time that the test reads them, so that waiting for one ends. To control
    each step, override this fixture with `Sandbox(progress="manual")` and call `advance`.
    """
    return Sandbox()


@pytest.fixture
def mistral_client(mistral_sandbox: Sandbox) -> MistralCore:
    """Return a client of `mistral_sandbox` that retries without a pause and needs no closing."""
    # An explicit server: MISTRAL_SERVER_URL may be set, with a path that the sandbox lacks.
    return MistralCore(transport=mistral_sandbox, server="global", retry_config=AT_ONCE)
