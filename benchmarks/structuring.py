"""Structuring: the time to create objects from bytes, and the memory that they take."""

import gc
import json
import time
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from typing import Any

from cattrs import Converter

from benchmarks.report import Row, rows_of
from benchmarks.server import SMALL_EVENT, as_json, page_of_jobs
from mistral_core.response.json_text import decode_json
from mistral_core.response.sse import EventParser
from mistral_core.structuring.converter import converter
from mistral_funcs.schemas import CompletionTrainingParameters, JobsOut

PAGES, PAGE = 500, 20


def _cpu(work: Callable[[], object], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times * 1e6


def _in_turn(
    works: dict[str, Callable[[], object]], times: int, rounds: int
) -> dict[str, list[float]]:
    for work in works.values():
        _cpu(work, 3)
    figures: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            figures[name].append(_cpu(work, times))
    return figures


def structuring(_: str, rounds: int) -> list[Row]:
    """Measure the first use of a class, many objects, and the parser of events."""
    return _first_use(rounds) + _scale(rounds) + _large_event(rounds)


def _first_use(rounds: int) -> list[Row]:
    """Measure the creation of the hooks of a class that cattrs supports by default too."""

    def of(make: Callable[[], Converter]) -> Callable[[], object]:
        return lambda: make().get_structure_hook(CompletionTrainingParameters)

    makers: dict[str, Callable[[], Converter]] = {
        "cattrs' default": Converter,
        "ours": vars(import_module("mistral_core.structuring.converter"))["make_converter"],
    }
    empty = _in_turn({**makers}, 20, rounds)
    with_hook = _in_turn({name: of(make) for name, make in makers.items()}, 20, rounds)
    figures = {
        name: [used - base for used, base in zip(with_hook[name], empty[name], strict=True)]
        for name in makers
    }
    return rows_of("first use of a schema class", "µs CPU", figures, floor="cattrs' default")


def _scale(rounds: int) -> list[Row]:
    """Measure 10,000 jobs on 500 pages: memory per job, and time per job by page size."""
    pages = [as_json(page_of_jobs(page, PAGE)) for page in range(PAGES)]

    def kept(read: Callable[[bytes], Any]) -> float:
        gc.collect()
        tracemalloc.start()
        held = [read(page) for page in pages]
        used, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return used / (len(held) * PAGE)

    def ours(page: bytes) -> Any:
        return converter.structure(decode_json(page), JobsOut)

    memory = {"plain dicts": [kept(json.loads)], "ours": [kept(ours)]}
    rows = rows_of("10,000 jobs kept", "bytes each", memory, floor="plain dicts")
    sizes: dict[str, Callable[[], object]] = {}
    for size in (PAGE, 100, 1000):
        body = as_json(page_of_jobs(0, size))
        sizes[f"ours, pages of {size}"] = lambda body=body: ours(body)  # type: ignore[misc]
    figures = _in_turn(sizes, 10, rounds)
    for (name, times), size in zip(figures.items(), (PAGE, 100, 1000), strict=True):
        figures[name] = [each / size for each in times]
    return rows + rows_of("a job structured", "µs CPU", figures, floor=f"ours, pages of {PAGE}")


def _large_event(rounds: int) -> list[Row]:
    """Measure one event of 16 MiB against sixteen of 1 MiB, and small ones."""

    def parse(size: int, times: int) -> Callable[[], object]:
        event = b"data: " + b"x" * size + b"\n\n"
        chunks = [event[start : start + 2**16] for start in range(0, len(event), 2**16)]

        def work() -> object:
            events = 0
            for _ in range(times):
                parser = EventParser()
                events += sum(len(parser.feed(chunk)) for chunk in chunks)
            return events

        return work

    def small() -> object:
        parser = EventParser()
        return [parser.feed(SMALL_EVENT * 100) for _ in range(10)]

    works = {"16 x 1 MiB": parse(2**20, 16), "1 x 16 MiB": parse(2**24, 1), "1,000 small": small}
    return rows_of("events parsed", "µs CPU", _in_turn(works, 3, rounds), floor="16 x 1 MiB")
