"""A program that makes requests of many kinds, and prints by how many bytes its sandbox grew.

It keeps little, so that it soon keeps as much as it may.
"""

import asyncio
import sys
import tracemalloc

from mistral_core import MistralCore
from mistral_funcs import embeddings_create
from mistral_funcs.sandbox import Sandbox, sandbox, state
from tests.sandbox.many_calls import make_calls

ROUNDS = 100


async def main() -> None:
    """Fill all that is bounded, and then go on."""
    state.MOST_KEPT = sandbox.MOST_RECORDED = 20
    tracemalloc.start()
    client = MistralCore(transport=Sandbox())
    words = [f"another{number}" for number in range(300)]
    await embeddings_create(client, model="mistral-embed", input=words)
    await make_calls(client, 0, ROUNDS)
    before, _ = tracemalloc.get_traced_memory()
    await make_calls(client, ROUNDS, ROUNDS)
    after, _ = tracemalloc.get_traced_memory()
    sys.stdout.write(f"{after - before}\n")


if __name__ == "__main__":
    asyncio.run(main())
