"""The global options, and the client that they configure."""

import shlex
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Literal, final

import attrs
from cyclopts import CycloptsError

from mistral_core import File, MistralCore
from mistral_funcs.cli.screen import log_requests
from mistral_funcs.cli.settings_file import default_server

if TYPE_CHECKING:
    from mistral_funcs.sandbox import Sandbox

EXAMPLE = b'{"messages": [{"role": "user", "content": "My parcel has not come."}]}\n'
QUESTION = {"messages": [{"role": "user", "content": "Who painted the Night Watch?"}]}


@final
@attrs.frozen
class GlobalOptions:
    """The options that all commands have.

    Attributes:
        json: Whether to print responses as JSON.
        sandbox: The sandbox that responds instead of the API.
        server: The name of the server to call. Defaults to MISTRAL_SERVER_URL, the settings, or
            the public API.
        server_url: The URL of the server to call.
        timeout: Maximum time for a call in seconds, including retries.
        verbose: Whether to log requests on standard error.
    """

    json: bool = False
    sandbox: "Sandbox | None" = None
    server: Literal["global", "eu", "us"] | None = None
    server_url: str | None = None
    timeout: float | None = None
    verbose: bool = False

    @property
    def program(self) -> str:
        """The name of the program, with the options that select the server."""
        sandbox = " --sandbox" if self.sandbox is not None else ""
        server = f" --server {self.server}" if self.server else ""
        url = f" --server-url {shlex.quote(self.server_url)}" if self.server_url else ""
        return f"mistral-funcs{sandbox}{server}{url}"

    @asynccontextmanager
    async def client(self) -> AsyncGenerator[MistralCore, None]:
        """Open a client for one command.

        Raises:
            CycloptsError: An option is invalid.
        """
        server: Any = self.server
        if server is None and self.server_url is None and self.sandbox is None:
            server = default_server()
        try:
            opened = MistralCore(
                server=server,
                server_url=self.server_url,
                timeout=self.timeout,
                transport=self.sandbox,
            )
        except ValueError as error:
            raise CycloptsError(msg=f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
        if self.sandbox is not None:
            await add_examples(MistralCore(transport=self.sandbox))
        if self.verbose:
            log_requests()
        async with opened as client:
            yield client


async def add_examples(client: MistralCore) -> None:
    """Add a file and two jobs to a sandbox, so that there is something to list and watch."""
    from mistral_funcs import (  # noqa: PLC0415 - only the sandbox needs them
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
