"""The limits of a client, passed as `MistralCore(limits=...)`."""

import math
import os
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any, TypeAlias, final

from mistral_core.limits.account import Account, LocalAccount
from mistral_core.limits.call_queue import CallQueue
from mistral_core.limits.learned_limit import LearnedLimit
from mistral_core.limits.limit import NO_LIMIT, Limit

TokenCounter: TypeAlias = Callable[[Mapping[str, Any]], int]
"""A function that is called with the fields of a request, and returns its estimated tokens."""

NO_MODELS: Mapping[str, Limit] = {}


@final
class Limits:
    """Limits shared by all calls of a client, or of several clients of a process.

    Each model has its own limit, and its own queue of waiting calls. A call without a model, such
    as `files_list`, counts toward the model `""`.

    Attributes:
        count_tokens: The function that counts the tokens of a request, if any.
        tickets: The numbers to assign to calls, in order.
    """

    count_tokens: TokenCounter | None
    tickets: Iterator[int]

    def __init__(
        self,
        limit: Limit = NO_LIMIT,
        *,
        models: Mapping[str, Limit] = NO_MODELS,
        per_model: bool = True,
        learn: bool = True,
        count_tokens: TokenCounter | None = None,
        account: Account | None = None,
        margin: float | None = None,
        max_pause: float = 60.0,
    ) -> None:
        """Set limits.

        Args:
            limit: The limit of each model that is not in `models`.
            models: The limits of certain models, in place of `limit`.
            per_model: Whether each model has a limit of its own. Otherwise all calls share `limit`.
            learn: Whether to use the limits that the server reports, where `limit` is higher or
                not set. A model without a limit on requests sends one request at a time until the
                first response.
            count_tokens: A function that is called with the fields of a request, such as `messages`
                and `max_tokens`, and returns the tokens that the call will cost. Defaults to an
                estimate from the length of the body.
            account: The account that counts, such as a `RedisAccount` for several processes.
                Defaults to one in memory.
            margin: Seconds by which each window is longer than the server's, since requests take
                varying times to arrive. Defaults to 1 % of the window, at least 20 ms.
            max_pause: Maximum number of seconds for which a 429 holds back all calls, even if the
                server requests more.

        Raises:
            ValueError: A number is negative or infinite, or `models` is combined with
                `per_model=False`.
        """
        if not (0 <= (margin or 0) < math.inf and 0 <= max_pause < math.inf):
            raise ValueError("`margin` and `max_pause` must be non-negative and finite")
        if models and not per_model:
            raise ValueError("`models` cannot be combined with `per_model=False`")
        self._settings: dict[str, Any] = {
            "limit": limit,
            "models": dict(models),
            "per_model": per_model,
            "learn": learn,
            "count_tokens": count_tokens,
            "account": LocalAccount() if account is None else account,
            "margin": margin,
            "max_pause": max_pause,
        }
        self.count_tokens = count_tokens
        self._start()

    def _start(self) -> None:
        self.tickets = count()
        self._queues: dict[str, CallQueue] = {}
        self._process = os.getpid()

    def queue(self, model: str) -> CallQueue:
        """Return the queue of a model."""
        if self._process != os.getpid():  # After a fork, the parent's calls wait in the parent.
            self._start()
        settings = self._settings
        name = model if settings["per_model"] else ""
        queue = self._queues.get(name)
        if queue is None:
            limit: Limit = settings["models"].get(name, settings["limit"])
            learned = LearnedLimit(limit, learn=settings["learn"], margin=settings["margin"])
            queue = CallQueue(
                name,
                learned,
                settings["account"],
                concurrency=limit.concurrency,
                max_pause=settings["max_pause"],
            )
            queue = self._queues.setdefault(name, queue)  # Another thread may have been faster.
        return queue

    def __getstate__(self) -> dict[str, Any]:
        """Return the settings without the counts, for pickling."""
        return self._settings

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore the settings."""
        self.__init__(**state)
