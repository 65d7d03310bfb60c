"""A Dask map over the processes of a cluster, each of which calls the API.

The client is pickled without its key: the workers have MISTRAL_API_KEY in their environment. Limits
can be shared: `MistralCore(limits=Limits(Limit(...), account=RedisAccount(url)))`.
"""

# Dask claims to be typed, but most of it is not:
# pyright: basic

import asyncio
import sys
from typing import cast

from distributed import Client

from mistral_core import Err, Failure, MistralCore, Ok, Result
from mistral_funcs import chat_complete
from mistral_funcs.schemas import ChatCompletionResponse

Outcome = Result[ChatCompletionResponse, Failure]


def answer(question: str, client: MistralCore) -> Outcome:
    """Answer a question in a new event loop."""
    messages = [{"role": "user", "content": question}]
    return asyncio.run(chat_complete(client, model="mistral-large-latest", messages=messages))


def main(questions: list[str]) -> None:
    """Answer many questions on a local cluster."""
    with Client(n_workers=2, threads_per_worker=8, dashboard_address=":0") as cluster:
        futures = cluster.map(answer, questions, client=MistralCore(timeout=60))
        results = cast("list[Outcome]", cluster.gather(futures))
    for question, result in zip(questions, results, strict=True):
        match result:
            case Ok(completion):
                print(question, "->", completion.text)
            case Err(error):
                print(question, "->", repr(error))


if __name__ == "__main__":
    main(sys.argv[1:])
