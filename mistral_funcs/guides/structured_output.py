r'''Structured output: responses as instances of your classes.

Pass a class to `parse`. Its strict JSON schema is sent as `response_format`, and the response is
an instance of it. Text that does not match is an `Err` with the path of each invalid value.

```python
import asyncio
from typing import Annotated, Literal

import attrs

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import chat_complete, parse


@attrs.frozen
class Ticket:
    """What a customer wants."""

    subject: str
    urgency: Literal["low", "high"]
    order_numbers: Annotated[list[int], "If any"] = attrs.field(factory=list)


async def main() -> None:
    messages = [{"role": "user", "content": "Order 17 has not come, and I am in a hurry!"}]
    async with MistralCore() as client:
        ticket = await parse(
            Ticket, chat_complete, client, model="mistral-large-latest", messages=messages
        )
        match ticket:
            case Ok(Ticket(urgency="high") as urgent):
                print("At once:", urgent.subject)
            case Ok(other):
                print("Later:", other.subject)
            case Err(error):
                print(error)


asyncio.run(main())
```

After the class and the operation come the arguments of the operation, which type checkers check.
`parse` works with `chat_complete`, `agents_complete`, and the operations that start, continue or
restart a conversation. Its two halves are `response_format_of(Ticket)`, for any operation with a
`response_format`, and `structure_text(text, Ticket)`.

## The classes

| kind | descriptions and constraints come from |
|---|---|
| attrs classes | docstring, `Annotated`, `metadata={"description": ...}`, validators of attrs |
| dataclasses, `TypedDict`, `NamedTuple` | docstring, `Annotated` |
| pydantic models (version 2) and dataclasses | what pydantic writes into their schema |

Fields can be strings, numbers, booleans, `None`, `Decimal`, `datetime`, `date`, `time`,
`timedelta`, `UUID`, enums, `Literal`, `NewType`, aliases made with `type`, lists, tuples, sets,
`dict[str, ...]`, other classes and unions. Classes can be recursive and generic: `Page[Ticket]`.
pydantic is imported only if you pass one of its models.

```python
import asyncio
from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

import attrs
from attrs import validators

from mistral_core import MistralCore
from mistral_funcs import chat_complete, parse

Item = TypeVar("Item")


@attrs.frozen
class Product:
    """Something that was bought."""

    name: Annotated[str, "As printed on the receipt"]
    price: Decimal
    quantity: int = attrs.field(default=1, validator=validators.ge(1))


@attrs.frozen
class Receipt(Generic[Item]):
    """A receipt."""

    day: date
    items: tuple[Item, ...]


async def main() -> None:
    messages = [{"role": "user", "content": "31 January 2025: two loaves of bread, 3.20 each"}]
    async with MistralCore() as client:
        receipt = await parse(
            Receipt[Product], chat_complete, client, model="mistral-large-latest", messages=messages
        )
        print(sum(each.price * each.quantity for each in receipt.unwrap().items))


asyncio.run(main())
```

Constraints in the schema guide the model, and are checked when the response is read: `ge`, `gt`,
`le`, `lt`, `multiple_of`, lengths and patterns of `Annotated` (from `annotated_types` or
pydantic's `Field`), and the validators of attrs `ge`, `gt`, `le`, `lt`, `min_len`, `max_len`,
`matches_re`, `in_`, `optional`, `deep_iterable` and `deep_mapping`. Other validators are not in
the schema and are checked when the instance is created.

A type without a JSON schema, such as `complex` or `dict[int, str]`, is an `InvalidRequestError`
that names it, and nothing is sent.

## What is sent

The schema is strict, so that the model follows it exactly:

- The root is an object. Another type, such as `list[Ticket]`, `Literal["yes", "no"]` or
  `Ticket | None`, is in the field `value` of one; you get the value itself.
- Objects allow no other fields, even if a pydantic model has `extra="allow"`. Only `dict[str,
  ...]` stays open.
- All fields are required. Those with a default may be `null`, which gives the default. A field
  such as `kind: Literal["cat"] = "cat"` has one value and is never `null`.
- Definitions are in `$defs`. Nothing is beside a `$ref`, and there is no `default`.

For a union of classes, the class that has most of the fields is tried first. Give each class a
field such as `kind` above to distinguish them.

## Streams

`parse_stream` shows the instance while it is generated. It returns a `ParsedStream`, whose items
are `Partial`, the fields so far, not validated, and at the end `Complete`, the validated instance.
Strings may be incomplete; `Partial.incomplete` is the path of the value that is being generated.

```python
import asyncio

import attrs

from mistral_core import MistralCore, Ok
from mistral_funcs import Complete, Partial, chat_stream, parse_stream


@attrs.frozen
class Recipe:
    """A recipe."""

    title: str
    steps: list[str]


async def main() -> None:
    messages = [{"role": "user", "content": "How do I make pancakes?"}]
    async with MistralCore() as client:
        opened = await parse_stream(
            Recipe, chat_stream, client, model="mistral-large-latest", messages=messages
        )
        async with opened.unwrap() as items:
            async for item in items:
                match item:
                    case Ok(Partial(value=fields)):
                        print("\r", len(fields.get("steps", [])), "steps so far", end="")
                    case Ok(Complete(value=recipe)):
                        print("\r", recipe.title, recipe.steps)
                    case _:
                        print(item)


asyncio.run(main())
```

For a type that is not an object, a `Partial` has the value in the field `value`; `Complete` has
the value itself.
'''
