"""Structured output of streams: what was generated so far, and the instance at the end."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from pydantic import BaseModel

from mistral_core import (
    APIConnectionError,
    Err,
    InvalidRequestError,
    MistralCore,
    Ok,
    ResponseValidationError,
    SDKError,
)
from mistral_core.testing import ScriptedTransport, event_stream, json_response
from mistral_funcs import (
    Complete,
    Partial,
    agents_stream,
    chat_complete,
    chat_stream,
    parse,
    parse_stream,
)
from mistral_funcs.sandbox import Sandbox

MESSAGES = [{"role": "user", "content": "Describe a person"}]


@attrs.frozen
class Pet:
    """A pet."""

    name: str
    age: int


@attrs.frozen
class Person:
    """A person."""

    name: str
    pets: list[Pet] = attrs.field(factory=list[Pet])
