"""A program that prints by how many bytes its sandbox grows with requests of many kinds.

It keeps few objects, so that the limits are reached soon.
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
    """Fill the sandbox up to its limits, then measure the growth of further rounds."""
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
