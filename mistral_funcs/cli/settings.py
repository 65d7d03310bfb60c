"""The global options, and the client that they make."""

import shlex
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, final

import attrs
from cyclopts import CycloptsError

from mistral_core import File, MistralCore

if TYPE_CHECKING:
    from mistral_funcs.sandbox import Sandbox

EXAMPLE = b'{"messages": [{"role": "user", "content": "My parcel has not come."}]}\n'
QUESTION = {"messages": [{"role": "user", "content": "Who painted the Night Watch?"}]}


@final
@attrs.frozen
class Settings:
    """Hold the global options.

    Attributes:
        json: Whether answers are printed as JSON.
        sandbox: What answers in place of the API.
        server_url: The server to call; by default the environment's, or Mistral's.
        timeout: Seconds that a call may take, its retries included.
    """

    json: bool = False
    sandbox: "Sandbox | None" = None
    server_url: str | None = None
    timeout: float | None = None

    @property
    def program(self) -> str:
        """The program, with the options that choose the server."""
        sandbox = " --sandbox" if self.sandbox is not None else ""
        server = f" --server-url {shlex.quote(self.server_url)}" if self.server_url else ""
        return f"mistral-funcs{sandbox}{server}"

    @asynccontextmanager
    async def client(self) -> AsyncGenerator[MistralCore, None]:
        """Open a client for one command.

        Raises:
            CycloptsError: The options are none of a client.
        """
        try:
            made = MistralCore(
                server_url=self.server_url, timeout=self.timeout, transport=self.sandbox
            )
        except ValueError as error:
            raise CycloptsError(msg=f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
        if self.sandbox is not None:
            await furnish(MistralCore(transport=self.sandbox))
        async with made as client:
            yield client


async def furnish(client: MistralCore) -> None:
    """Put a file and two jobs into a sandbox, so that there is something to list and to watch."""
    from mistral_funcs import (  # noqa: PLC0415 - who has a key needs none
        batch_jobs_create,
        files_upload,
        fine_tuning_jobs_create,
    )

    file = File(EXAMPLE * 100, file_name="support.jsonl")
    uploaded = (await files_upload(client, file=file, purpose="fine-tune")).unwrap()
    await fine_tuning_jobs_create(
        client,
        model="open-mistral-7b",
        training_files=[{"file_id": uploaded.id}],
        validation_files=[uploaded.id],
        hyperparameters={"training_steps": 30, "learning_rate": 0.0001},
        suffix="support",
        auto_start=True,
    )
    await batch_jobs_create(
        client,
        endpoint="/v1/chat/completions",
        model="mistral-large-latest",
        requests=[{"custom_id": str(number), "body": QUESTION} for number in range(4)],
    )
