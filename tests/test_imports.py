"""The modules that an import loads, measured in new processes: only what is needed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import mistral_funcs
from mistral_funcs import schemas
from mistral_funcs._index import OPERATIONS, TOOLKIT
from mistral_funcs.schemas._index import SCHEMAS

ROOT = Path(__file__).parents[1]
REPORT = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def modules_after(code: str) -> set[str]:
    """Return the names of all modules that a new process has loaded after running some code."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-c", f"{code}\n{REPORT}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_telemetry_loads_opentelemetry_on_use() -> None:
    """Runs and calls, which only call its hooks, never load it."""
    code = "import mistral_funcs as m; m.telemetry, m.run, m.run_stream, m.chat_stream"
    assert not any("opentelemetry" in name for name in modules_after(code))


def ours(modules: set[str]) -> set[str]:
    """Return the loaded modules of `mistral_funcs`, without packages and generated indexes."""
    folders = {name.rpartition(".")[0] for name in modules}
    return {
        name.removeprefix("mistral_funcs.")
        for name in modules - folders
        if name.startswith("mistral_funcs.") and not name.endswith("._index")
    }


def test_importing_a_package_loads_none_of_its_modules() -> None:
    """`import mistral_funcs` is only a table of contents."""
    modules = modules_after("import mistral_funcs")
    assert ours(modules) == set()
    assert "aiohttp" not in modules
    assert "typing" not in modules - modules_after("")  # This import takes longer than all others.


@pytest.mark.parametrize(
    ("function", "module", "schemas_loaded"),
    [
        ("models_list", "models.list", "models audio.capabilities"),
        ("embeddings_create", "embeddings.create", "embeddings shared.usage"),
        ("classifiers_moderate", "classifiers.moderate", "classifiers"),
        (
            "classifiers_classify_chat",
            "classifiers.classify_chat",
            "classifiers shared.chunks shared.messages",
        ),
        (
            "fim_complete",
            "fim.complete",
            "fim shared.chunks shared.completions shared.logprobs shared.messages shared.usage",
        ),
        (
            "chat_complete",
            "chat.complete",
            """
            shared.chunks shared.completions shared.guardrails shared.logprobs shared.messages
            shared.tools shared.usage
            """,
        ),
    ],
)
def test_one_function_loads_only_its_schemas(
    function: str, module: str, schemas_loaded: str
) -> None:
    """No other functions or schemas, no sandbox, and no aiohttp."""
    modules = modules_after(f"from mistral_funcs import {function}")
    assert ours(modules) == {module, *(f"schemas.{name}" for name in schemas_loaded.split())}
    assert not {"aiohttp", "yarl", "cattrs"} & modules


def test_one_schema_loads_its_topic() -> None:
    """It loads no function."""
    modules = modules_after("from mistral_funcs.schemas import ModelList")
    assert ours(modules) == {"schemas.models", "schemas.audio.capabilities"}


def test_core_loads_no_operation_and_no_aiohttp() -> None:
    """`import mistral_core` is fast, because aiohttp is loaded by the client."""
    modules = modules_after("import mistral_core")
    assert not {"mistral_funcs", "aiohttp"} & modules


def test_client_loads_aiohttp_in_its_constructor() -> None:
    """Rather than on the event loop during the first call."""
    modules = modules_after("from mistral_core import MistralCore; MistralCore('key')")
    assert {"aiohttp", "mistral_core.transports.aiohttp"} <= modules


def test_client_with_a_custom_transport_needs_no_aiohttp() -> None:
    """Neither does a call with it."""
    modules = modules_after(
        "import asyncio\n"
        "from mistral_core import MistralCore\n"
        "from mistral_core.testing import ScriptedTransport, json_response\n"
        "from mistral_funcs import models_list\n"
        "client = MistralCore(transport=ScriptedTransport(json_response([])))\n"
        "assert asyncio.run(models_list(client)).unwrap().data == []"
    )
    assert not {"aiohttp", "yarl", "mistral_core.transports.aiohttp"} & modules


def test_star_import_imports_all_public_names() -> None:
    """`from mistral_funcs import *` loads `__all__`."""
    modules_after(
        "from mistral_funcs import *\n"
        "brought = {name for name in dir() if not name.startswith('_')}\n"
        "import mistral_funcs\n"
        "assert brought == set(mistral_funcs.__all__), brought\n"
        "from typing import get_args\n"
        "exported = [globals()[name] for name in mistral_funcs.__all__]\n"
        "assert all(callable(each) or get_args(each) for each in exported)"
    )


def test_function_is_not_replaced_by_a_module() -> None:
    """Although modules of the same name are imported later."""
    modules_after(
        "import mistral_funcs\n"
        "function = mistral_funcs.models_list\n"
        "import mistral_funcs.models.list, mistral_funcs.models.delete\n"
        "assert mistral_funcs.models_list is function\n"
        "assert function is mistral_funcs.models.list.models_list"
    )


def test_names_are_listed_before_they_are_loaded() -> None:
    """`dir()` and `__all__` have every name of an index, for completion and `help`."""
    assert dir(mistral_funcs) == vars(mistral_funcs)["__all__"] == sorted([*OPERATIONS, *TOOLKIT])
    assert dir(schemas) == vars(schemas)["__all__"] == sorted(SCHEMAS)


@pytest.mark.parametrize("module", [mistral_funcs, schemas], ids=lambda module: module.__name__)
def test_misspelled_name_is_an_attribute_error(module: object) -> None:
    """As in any module."""
    typo = "models_lits"
    with pytest.raises(AttributeError, match="has no attribute 'models_lits'") as raised:
        getattr(module, typo)
    assert raised.value.name == typo


def test_misspelled_import_is_an_import_error() -> None:
    """`from mistral_funcs import models_lits` fails at the import, not at the call."""
    modules_after(
        "try:\n"
        "    from mistral_funcs import models_lits\n"
        "except ImportError as error:\n"
        "    assert 'models_lits' in str(error), error\n"
        "else:\n"
        "    raise AssertionError"
    )


def test_import_does_not_warn_about_deprecated_asyncio_functions() -> None:
    """Backoff calls one that Python 3.14 deprecates. It is simulated here."""
    modules_after(
        "import asyncio, inspect, warnings\n"
        "def deprecated(function):\n"
        "    warnings.warn('deprecated', DeprecationWarning, stacklevel=2)\n"
        "    return inspect.iscoroutinefunction(function)\n"
        "asyncio.iscoroutinefunction = deprecated\n"
        "import mistral_core"
    )
