"""Errors of values with their paths, in the form in which cattrs reports them."""

from typing import Any

from cattrs.errors import AttributeValidationNote, ClassValidationError

from mistral_core.structuring.detailed import GROUP, NOTE
from mistral_funcs.toolkit.typed.pydantic_models import Invalid


def noted(error: Exception, key: str | int) -> Exception:
    """Return an error with the key that it belongs to."""
    note: str = (
        AttributeValidationNote(f"in {key}", key, Any)
        if isinstance(key, str)
        else NOTE(f"at {key}", key, Any)
    )
    error.__notes__ = [*getattr(error, "__notes__", ()), note]
    return error


def grouped(errors: list[Exception], cls: Any) -> Exception:
    """Return one error for those of the fields of an object or the items of an array."""
    last = errors[0].__notes__[-1]
    group: Any = ClassValidationError if isinstance(last, AttributeValidationNote) else GROUP
    error: Exception = group("invalid", errors, cls)
    return error


def error_of(invalid: list[Invalid], cls: Any) -> Exception:
    """Return the error for invalid values, nested along their paths."""
    if any(not path for path, _ in invalid):
        return ValueError("; ".join(message for path, message in invalid if not path))
    inner: dict[str | int, list[Invalid]] = {}
    for (key, *path), message in invalid:
        inner.setdefault(key, []).append((tuple(path), message))
    return grouped([noted(error_of(each, cls), key) for key, each in inner.items()], cls)
