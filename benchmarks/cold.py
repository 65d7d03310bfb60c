"""Cold starts: the processor time of new processes, from start to exit."""

import os
import subprocess
import sys
from importlib.util import find_spec

from benchmarks.report import Row, rows_of

CALL = """
import asyncio
async def main():
    {setup}
asyncio.run(main())
"""
OURS = "async with MistralCore('key', server_url={url!r}) as client: (await {call}).unwrap()"
RAW = (
    "async with aiohttp.ClientSession() as session, session.get({url!r} + '/v1/models/m') as r: "
    "json.loads(await r.read())"
)

SCHEMAS = "schema classes loaded"
"""The cost of the schema classes of one function, and that of all, which lazy imports avoid."""

PROGRAMS: dict[str, dict[str, str]] = {
    SCHEMAS: {
        "of one function": "from mistral_funcs import models_list",
        "all": "from mistral_funcs.schemas import *",
    },
    "import of one function": {
        "asyncio": "import asyncio",
        "ours": "from mistral_funcs import models_list",
        "raw aiohttp": "import asyncio, aiohttp",
        "mistralai": "from mistralai.client import Mistral",
        "openai": "from openai import AsyncOpenAI",
    },
    "client ready": {
        "asyncio": "import asyncio",
        "ours": "from mistral_core import MistralCore\n"
        "from mistral_funcs import models_list\nMistralCore('key')",
        "mistralai": "from mistralai.client import Mistral\nMistral(api_key='key').models",
        "openai": "from openai import AsyncOpenAI\nAsyncOpenAI(api_key='key').models",
    },
    "first response": {
        "raw aiohttp": "import aiohttp, json" + CALL.format(setup=RAW),
        "ours": "from mistral_core import MistralCore\nfrom mistral_funcs import models_retrieve"
        + CALL.format(setup=OURS.replace("{call}", "models_retrieve(client, 'm')")),
        "mistralai": "from mistralai.client import Mistral\n"
        "Mistral(api_key='key', server_url={url!r}).models.retrieve(model_id='m')",
    },
}
"""The measures, each with a program per client. The first client is the floor."""


def _cpu(program: str) -> float:
    """Run a program in a new process, and return its processor time in milliseconds."""
    # If bytecode were not written, only the checkout would be compiled each time, not the peers.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    process = subprocess.Popen([sys.executable, "-c", program], env=environment)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, program
    return (usage.ru_utime + usage.ru_stime) * 1000


COUNT = "\nfrom mistral_core import Schema\nprint(len(Schema.__subclasses__()))"


def _count_classes(row: Row) -> None:
    """Add the number of schema classes that a program loads."""
    command = [sys.executable, "-c", PROGRAMS[row.work][row.client] + COUNT]
    row.extra["classes"] = float(subprocess.check_output(command))  # noqa: S603


def cold_start(url: str, rounds: int) -> list[Row]:
    """Measure imports, clients and first responses, each in a new process."""
    rows: list[Row] = []
    for work, programs in PROGRAMS.items():
        available = {
            name: program.replace("{url!r}", repr(url))
            for name, program in programs.items()
            if name not in ("mistralai", "openai") or find_spec(name)
        }
        figures: dict[str, list[float]] = {name: [] for name in available}
        for _ in range(rounds + 1):
            for name, program in available.items():
                figures[name].append(_cpu(program))
        # The first run compiles the files.
        warm = {name: times[1:] for name, times in figures.items()}
        rows += rows_of(work, "ms CPU", warm, floor=next(iter(programs)))
    for row in rows:
        if row.work == SCHEMAS:
            _count_classes(row)
    return rows
