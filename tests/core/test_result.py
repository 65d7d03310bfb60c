"""Ok and Err."""

import copy
import pickle
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from mistral_core import Call, Err, Headers, InvalidRequestError, Ok, SDKError

CALL = Call(status=200, headers=Headers([("x-kong-request-id", "r")]), attempts=2, elapsed=0.5)


def test_unwrap_returns_the_value_or_raises_the_error_itself() -> None:
    """It is the same object."""
    assert Ok(1).unwrap() == 1
    error = SDKError("no", 500)
    with pytest.raises(SDKError) as raised:
        Err(error).unwrap()
    assert raised.value is error


def test_unwrap_or_replaces_only_an_err() -> None:
    """An `Ok` keeps its value."""
    assert Ok(1).unwrap_or(2) == 1
    assert Err(SDKError("no", 500)).unwrap_or(2) == 2


def test_map_changes_values_and_map_err_errors() -> None:
    """Both keep the metadata of the call."""
    error = SDKError("no", 500)
    ok, err = Ok(1, call=CALL), Err(error, call=CALL)
    assert ok.map(str) == Ok("1")
    assert ok.map(str).call is CALL
    assert err.map(str) is err
    assert ok.map_err(lambda _: KeyError()) is ok
    mapped = err.map_err(lambda each: InvalidRequestError(each.message))
    assert mapped.error.message == "no"
    assert mapped.call is CALL


def test_call_metadata_is_not_part_of_the_value() -> None:
    """Not of equality, representation and patterns."""
    assert Ok(1, call=CALL) == Ok(1)
    assert hash(Ok(1, call=CALL)) == hash(Ok(1))
    assert repr(Ok(1, call=CALL)) == "Ok(value=1)"
    match Ok(1, call=CALL):
        case Ok(value):
            assert value == 1
    assert Ok.__match_args__ == ("value",)
    assert Err.__match_args__ == ("error",)


def test_results_are_copied_and_pickled_with_their_calls() -> None:
    """A worker process can send them back."""
    pair = Ok([1], call=CALL), Err(SDKError("no", 500), call=CALL)
    for ok, err in (copy.copy(pair), copy.deepcopy(pair), pickle.loads(pickle.dumps(pair))):  # noqa: S301
        assert ok == Ok([1])
        assert (ok.call.status, ok.call.request_id, ok.call.attempts) == (200, "r", 2)
        assert (err.error.message, err.call.elapsed) == ("no", 0.5)


def test_a_result_made_by_hand_has_empty_call_metadata() -> None:
    """So that no check for `None` is needed."""
    assert (Ok(1).call.status, Ok(1).call.request_id, Ok(1).call.attempts) == (None, None, 0)


ERROR: Err[SDKError] = Err(SDKError("no", 500))


@pytest.mark.parametrize("result", [Ok([1]), ERROR])
def test_result_is_neither_true_nor_false(result: object) -> None:
    """`if result:` would also be true for an `Err`."""
    with pytest.raises(TypeError, match=r"neither true nor false.*unwrap.*isinstance"):
        bool(result)
    with pytest.raises(TypeError, match="neither true nor false"):
        assert not result


MISUSES: list[tuple[Callable[[Any], object], type[Exception], str]] = [
    (lambda result: result.data, AttributeError, "no attribute 'data'. A call returns a result"),
    (lambda result: result.choices[0], AttributeError, "no attribute 'choices'"),
    (lambda result: [*result], TypeError, "object is not iterable. Match on"),
    (lambda result: result[0], TypeError, "object is not subscriptable. Match on"),
]


@pytest.mark.parametrize(("use", "kind", "message"), MISUSES)
@pytest.mark.parametrize("result", [Ok([1]), ERROR])
def test_result_used_as_its_value_says_what_to_do(
    result: object, use: Callable[[Any], object], kind: type[Exception], message: str
) -> None:
    """Type checkers report it too."""
    with pytest.raises(kind, match=re.escape(message)) as raised:
        use(result)
    assert "unwrap()" in str(raised.value)


def test_missing_attributes_are_missing() -> None:
    """For libraries that probe for them: notebooks, copy, pickle."""
    assert not hasattr(Ok(1), "error")
    assert not hasattr(ERROR, "value")
    assert getattr(Ok(1), "_repr_html_", None) is None
    assert not isinstance(Ok(1), Sequence)
