"""A server of Azure AI, Vertex AI and Google's tokens, which forwards calls to a sandbox."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mistral_core import Request
from mistral_core.http.secret import Secret
from mistral_funcs.sandbox import Sandbox


@attrs.define
class CloudServer:
    """A server on loopback.

    Attributes:
        url: Its URL.
        targets: The paths and queries of the calls, as they arrived.
        authorizations: The `Authorization` headers of the calls.
        bodies: The bodies of the calls.
        tokens: Number of issued tokens.
        lifetime: Seconds until a token expires.
        rejected: Tokens that get a 401.
        token_status: The status of responses to requests for a token.
        sandbox: The sandbox that responds.
    """

    url: str = ""
    targets: list[str] = attrs.field(factory=list[str])
    authorizations: list[str] = attrs.field(factory=list[str])
    bodies: list[dict[str, Any]] = attrs.field(factory=list[dict[str, Any]])
    tokens: int = 0
    lifetime: int = 3600
    rejected: set[str] = attrs.field(factory=set[str])
    token_status: int = 200
    sandbox: Sandbox = attrs.field(factory=Sandbox)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Issue a token, or let the sandbox respond to a call."""
        if request.path == "/token":
            if self.token_status != 200:
                return web.json_response({"error": "no"}, status=self.token_status)
            self.tokens += 1
            token = {"access_token": f"token-{self.tokens}", "expires_in": self.lifetime}
            return web.json_response({**token, "token_type": "Bearer"})
        authorization = request.headers.get("authorization", "")
        self.targets.append(request.raw_path)
        self.authorizations.append(authorization)
        if authorization.removeprefix("Bearer ") in self.rejected:
            return web.json_response({"message": "Unauthorized"}, status=401)
        content = await request.read()
        self.bodies.append(json.loads(content))
        body = json.loads(content)
        path = "/v1/ocr" if request.path.endswith("ocr") else "/v1/chat/completions"
        path = "/v1/fim/completions" if "prompt" in body else path
        if path == "/v1/chat/completions":
            body["model"] = "mistral-large-latest"  # The sandbox lacks the cloud's models.
        response = await self.sandbox.send(
            Request(
                method="POST",
                url=f"http://sandbox{path}",
                path_template=path,
                headers={"content-type": "application/json"},
                body=json.dumps(body).encode(),
                authorization=Secret(f"Bearer {self.sandbox.api_key}"),
                streamed=bool(body.get("stream")),
            )
        )
        if response.stream is not None:
            content = b"".join([chunk async for chunk in response.stream])
            return web.Response(body=content, headers={"content-type": "text/event-stream"})
        return web.Response(status=response.status, body=response.body)

    def key_file(self, folder: Path, **fields: object) -> Path:
        """Write the key file of a service account whose tokens this server issues."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        account = {
            "type": "service_account",
            "project_id": "my-project",
            "private_key_id": "1",
            "private_key": pem.decode(),
            "client_email": "me@my-project.iam.gserviceaccount.com",
            "token_uri": f"{self.url}/token",
            **fields,
        }
        path = folder / "account.json"
        path.write_text(json.dumps(account))
        return path


@asynccontextmanager
async def serving_a_cloud() -> AsyncGenerator[CloudServer, None]:
    """Serve until the block ends."""
    server = CloudServer()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()
