"""The error of payloads that cannot be encoded or decoded."""


class PayloadError(ValueError):
    """A payload cannot be encoded or decoded. The message never contains the payload."""


def missing_package(package: str) -> ImportError:
    """Return the error for a package of the extra that is not installed."""
    return ImportError(
        f"Payload encoding requires `{package}`. Install it with "
        "`pip install mistral-funcs[payloads]`."
    )
