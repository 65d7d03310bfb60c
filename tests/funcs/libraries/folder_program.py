"""A program that uploads a folder into a library, and may be killed and restarted.

Arguments: the URL of the server, the ID of the library, the folder, and the journal. It prints the
number of results, and the number of `Ok`.
"""

import asyncio
import sys

from mistral_core import MistralCore, Ok
from mistral_funcs import upload_folder


async def main(url: str, library_id: str, folder: str, journal: str) -> None:
    """Upload the folder."""
    results = good = 0
    async with MistralCore("sandbox-key", server_url=url) as client:
        async for item in upload_folder(client, library_id, folder, journal=journal):
            upload = item.unwrap()
            results += 1
            good += isinstance(upload.result, Ok)
    sys.stdout.write(f"{results} {good}\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
