"""Models that a server is going to drop: the date is on the call, and is logged once per model."""

import logging
import warnings
from datetime import UTC, datetime

import attrs
import pytest

from mistral_core import Call, Err, Headers, MistralCore, operation_of
from mistral_core.instrumentation import deprecation
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import agents_complete, chat_complete, models_retrieve

HEADER = "x-model-deprecation-timestamp"
END = "2026-12-01T00:00:00Z"
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
MESSAGES = [{"role": "user", "content": "Hello"}]


@pytest.fixture(autouse=True)
def nothing_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what other tests have seen."""
    monkeypatch.setattr(deprecation, "_warned", set[str]())


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (END, DECEMBER),
        (" 2026-12-01T00:00:00.000+00:00 ", DECEMBER),
        ("2026-12-01T01:00:00+01:00", DECEMBER),
        ("2026-12-01T00:00:00", DECEMBER),
        ("2026-12-01", DECEMBER),
        ("Tue, 01 Dec 2026 00:00:00 GMT", DECEMBER),
        ("1796083200", DECEMBER),
        ("1796083200.0", DECEMBER),
        ("999999999999", None),
        ("soon", None),
        ("", None),
    ],
)
def test_the_date_is_read_in_every_form(text: str, moment: datetime | None) -> None:
    """What is none is `None`."""
    assert Call(headers=Headers([(HEADER, text)])).model_deprecation == moment


def test_without_the_header_there_is_no_date() -> None:
    """As for most models."""
    assert Call().model_deprecation is None


def client(text: str = END) -> MistralCore:
    """Return a client of a server that announces the end of each model."""
    response = json_response({"id": "m", "choices": []}, headers={HEADER: text})
    failed = attrs.evolve(response, status=400)
    return MistralCore("key", transport=ScriptedTransport(response, response, failed, response))


async def test_each_model_is_warned_about_once(caplog: pytest.LogCaptureFixture) -> None:
    """By the log, whether the call succeeds or not; the date is on each call."""
    announcing = client()
    for model in ("old", "old", "older"):
        result = await chat_complete(announcing, model=model, messages=MESSAGES)
        assert result.call.model_deprecation == DECEMBER
    assert isinstance(result, Err)
    assert [(record.name, record.levelno, record.message) for record in caplog.records] == [
        (
            "mistral_core",
            logging.WARNING,
            f"Model {model} is deprecated and will be retired on 2026-12-01",
        )
        for model in ("old", "older")
    ]


async def test_a_date_that_cannot_be_read_is_shown_harmlessly(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """And so is the model."""
    await chat_complete(client("so\u202eon\n"), model="o\x1bld", messages=MESSAGES)
    assert caplog.messages == ["Model o\\x1bld is deprecated and will be retired on so\\u202eon"]


async def test_the_model_is_found_wherever_the_call_names_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """In the path, in the body, by the agent that uses it, or nowhere."""
    announcing = client()
    await models_retrieve(announcing, "old")
    await agents_complete(announcing, agent_id="ag:1", messages=MESSAGES)
    execute = announcing.execute(operation_of(chat_complete), body={"model": "whole"})
    assert isinstance(await execute, Err)
    await announcing.execute(operation_of(chat_complete), body=[])
    assert [message.partition(" is ")[0] for message in caplog.messages] == [
        "Model old",
        "The model of agent ag:1",
        "Model whole",
        "The model of a call",
    ]


async def test_the_names_that_are_remembered_are_bounded(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server may announce the end of anything."""
    monkeypatch.setattr(deprecation, "MAX_MODELS", 1)
    announcing = client()
    for number in range(3):
        await chat_complete(announcing, model=f"old-{number}", messages=MESSAGES)
    assert len(caplog.records) == 1


async def test_a_log_that_raises_does_not_cost_the_response() -> None:
    """Which may have been paid for."""

    def broken(_: logging.LogRecord) -> bool:
        raise RuntimeError

    logger = logging.getLogger("mistral_core")
    logger.addFilter(broken)
    try:
        (await chat_complete(client(), model="old", messages=MESSAGES)).unwrap()
    finally:
        logger.removeFilter(broken)


async def test_no_warning_is_raised() -> None:
    """Under `python -W error` a warning is an exception, which must not end a call."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (await chat_complete(client(), model="old", messages=MESSAGES)).unwrap()
