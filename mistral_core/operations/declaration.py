"""Operations as data: method, path template, response kind, places of the parameters."""

import re
from collections.abc import Callable, Collection, Mapping, Set as AbstractSet
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar, final

import attrs

from mistral_core.http.messages import is_idempotent
from mistral_core.operations.kinds import Returns
from mistral_core.schema import UNSET

if TYPE_CHECKING:
    from mistral_core.operations.inspection import Parameter

T = TypeVar("T")

Method: TypeAlias = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Place: TypeAlias = Literal["path", "query", "header", "json", "form", "file", "body"]

NOTHING: Mapping[str, Any] = MappingProxyType({})
PATH_PARAMETER = re.compile(r"\{(\w+)\}")


@final
@attrs.frozen(eq=False)
class Operation(Generic[T]):
    """One operation of the API, as data.

    Attributes:
        method: The HTTP method.
        path: The path template: `/v1/models/{model_id}`.
        returns: The kind of a successful response.
        nullable: Fields of the body that can be `null`. `None` is omitted for all others.
        idempotent: Whether a request can safely be sent twice. Defaults to what the method implies.
        function: The function that declares the operation, if any.
        fields: The place of each parameter of the function that is not in the path.
        required: The names in `fields` without a default.
        keys: Names on the wire that differ from those in Python.
        constants: Fields of the body with a fixed value, such as `stream`.
        audio: Whether uploaded files are audio recordings, and so have audio types.
        additional: The parameter whose items are further fields of the body.
        json_text: The names in `fields` that are sent in the query as JSON.
        redirects: Whether redirects within the server are followed.
    """

    method: Method
    path: str
    returns: Returns[T] = attrs.field(kw_only=True)
    nullable: Collection[str] = attrs.field(default=(), kw_only=True)
    idempotent: bool = attrs.field(
        default=attrs.Factory(is_idempotent, takes_self=True), kw_only=True
    )
    function: Callable[..., Any] | None = attrs.field(default=None, kw_only=True, repr=False)
    fields: Mapping[str, Place] = attrs.field(default=NOTHING, kw_only=True, repr=False)
    required: AbstractSet[str] = attrs.field(default=frozenset[str](), kw_only=True, repr=False)
    keys: Mapping[str, str] = attrs.field(default=NOTHING, kw_only=True, repr=False)
    constants: Mapping[str, object] = attrs.field(default=NOTHING, kw_only=True, repr=False)
    audio: bool = attrs.field(default=False, kw_only=True, repr=False)
    additional: str | None = attrs.field(default=None, kw_only=True, repr=False)
    json_text: Collection[str] = attrs.field(default=(), kw_only=True, repr=False)
    redirects: bool = attrs.field(default=True, kw_only=True, repr=False)

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """The names of the path parameters, in order."""
        return tuple(PATH_PARAMETER.findall(self.path))

    @property
    def query(self) -> tuple[str, ...]:
        """The names of the query parameters on the wire."""
        return tuple(
            self.keys.get(name, name) for name, place in self.fields.items() if place == "query"
        )

    @property
    def name(self) -> str:
        """The name of the function, such as `models_list`. Empty without a function."""
        return "" if self.function is None else self.function.__name__

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return ((self.function and self.function.__doc__) or "").partition("\n")[0]

    @property
    def parameters(self) -> "tuple[Parameter, ...]":
        """The parameters of the function in order, without the client and the options."""
        from mistral_core.operations.inspection import parameters_of  # noqa: PLC0415 - rarely used

        return parameters_of(self)


def operation_of(function: Callable[..., object]) -> Operation[Any]:
    """Return the operation that a function declares.

    Args:
        function: An operation of `mistral_funcs`, such as `models_list`.

    Raises:
        TypeError: The function is not an operation.
    """
    declared: Operation[Any] | None = getattr(function, "__operation__", None)
    if declared is None:
        raise TypeError(f"{function!r} is not an operation")
    return declared


@final
@attrs.define(eq=False, repr=False)
class Arguments:
    """The arguments of a call, by place.

    Attributes:
        path: Path parameters.
        query: Query parameters.
        headers: Header parameters.
        json: Fields of a JSON body.
        form: Fields of a form.
        body: A complete JSON body.
    """

    path: Mapping[str, object] = NOTHING
    query: Mapping[str, object] = NOTHING
    headers: Mapping[str, object] = NOTHING
    json: Mapping[str, object] | None = None
    form: Mapping[str, object] | None = None
    body: object = UNSET
