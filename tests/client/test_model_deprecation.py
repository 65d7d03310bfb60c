"""Deprecated models: the date is on each call, and logged once per model."""

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
    """Forget the models of other tests."""
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
def test_the_date_is_parsed_in_all_formats(text: str, moment: datetime | None) -> None:
    """Invalid dates are `None`."""
    assert Call(headers=Headers([(HEADER, text)])).model_deprecation == moment


def test_without_the_header_there_is_no_date() -> None:
    """Most models are not deprecated."""
    assert Call().model_deprecation is None


def client(text: str = END) -> MistralCore:
    """Return a client whose server reports a deprecation date for each model."""
    response = json_response({"id": "m", "choices": []}, headers={HEADER: text})
    failed = attrs.evolve(response, status=400)
    return MistralCore("key", transport=ScriptedTransport(response, response, failed, response))


async def test_each_model_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """Whether the call succeeds or not. The date is on each call."""
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


async def test_an_invalid_date_is_logged_escaped(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The name of the model is escaped too."""
    await chat_complete(client("so\u202eon\n"), model="o\x1bld", messages=MESSAGES)
    assert caplog.messages == ["Model o\\x1bld is deprecated and will be retired on so\\u202eon"]


async def test_the_model_is_read_from_the_call(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """From the path or the body, or replaced by the agent that uses it."""
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


async def test_the_number_of_remembered_models_is_bounded(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server may report any number of names."""
    monkeypatch.setattr(deprecation, "MAX_MODELS", 1)
    announcing = client()
    for number in range(3):
        await chat_complete(announcing, model=f"old-{number}", messages=MESSAGES)
    assert len(caplog.records) == 1


async def test_a_failing_log_does_not_lose_the_response() -> None:
    """It may have been paid for."""

    def broken(_: logging.LogRecord) -> bool:
        raise RuntimeError

    logger = logging.getLogger("mistral_core")
    logger.addFilter(broken)
    try:
        (await chat_complete(client(), model="old", messages=MESSAGES)).unwrap()
    finally:
        logger.removeFilter(broken)


async def test_no_warning_is_raised() -> None:
    """With `python -W error` a warning would end the call."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (await chat_complete(client(), model="old", messages=MESSAGES)).unwrap()
