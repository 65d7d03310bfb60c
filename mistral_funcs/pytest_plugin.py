"""Fixtures for pytest. A project opts in by name.

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
    """Make a Mistral API for one test: set its `state`, make it `fail`, read its `requests`.

    A job in it takes a step each time that the test looks at it, so waiting for one ends. To
    control each step yourself, override this fixture with `Sandbox(progress="manual")`, and call
    `advance`.
    """
    return Sandbox()


@pytest.fixture
def mistral_client(mistral_sandbox: Sandbox) -> MistralCore:
    """Make a client of `mistral_sandbox` that retries without a pause and needs no closing."""
    # The server is named so that the environment does not: a path in its URL would lead astray.
    return MistralCore(transport=mistral_sandbox, server="global", retry_config=AT_ONCE)
