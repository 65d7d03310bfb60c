"""The programs in the guide to clouds run unchanged against a loopback server."""

import asyncio
import runpy
from pathlib import Path

import pytest

from mistral_funcs import VertexAI
from tests.readme.texts import SNIPPETS
from tests.toolkit.clouds.cloud_server import serving_a_cloud


@pytest.mark.parametrize("cloud", ["AzureAI", "VertexAI"])
async def test_each_program_runs(
    cloud: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Address, key and credentials come from the environment."""
    (code,) = [each for each in SNIPPETS.values() if f"{cloud}(" in each]
    path = tmp_path / "program.py"
    await asyncio.to_thread(path.write_text, code)
    async with serving_a_cloud() as server:
        monkeypatch.setenv("AZURE_AI_ADDRESS", f"{server.url}/models")
        monkeypatch.setenv("AZURE_AI_KEY", "azure-key")
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(server.key_file(tmp_path)))
        monkeypatch.delenv("GOOGLE_CLOUD_PROJECT", raising=False)
        monkeypatch.setattr(VertexAI, "server_url", server.url)
        await asyncio.to_thread(runpy.run_path, str(path), run_name="__main__")
    assert "You said: " in capsys.readouterr().out
