"""`ocr process`: a local document or a URL, as text or as files in a folder."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from mistral_core.testing import json_response
from mistral_funcs import ocr_process
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run

OCR = ("--sandbox", "ocr", "process")
PDF = b"%PDF-1.7 " + b"x" * 90
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 90
LARGE = PDF + bytes(4 * 2**20)
ID = "00000001-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def documents(folder: Path) -> None:
    """Put a document and an image into the folder."""
    (folder / "my report.pdf").write_bytes(PDF)
    (folder / "scan.png").write_bytes(PNG)


def sent(sandbox: Sandbox) -> Any:
    """Return the JSON of the last request."""
    body = sandbox.requests[-1].body
    assert isinstance(body, bytes)
    return json.loads(body)


def files_in(folder: str) -> dict[str, bytes]:
    """Return the names and contents of all files in a folder, including hidden ones."""
    return {each.name: each.read_bytes() for each in sorted(Path(folder).iterdir())}


@pytest.mark.parametrize(
    ("name", "kind", "head"),
    [
        ("my report.pdf", "document_url", "data:application/pdf;base64"),
        ("scan.png", "image_url", "data:image/png;base64"),
    ],
)
def test_a_small_file_is_sent_inline(
    run: Run, sandbox: Sandbox, name: str, kind: str, head: str
) -> None:
    """Without `--model`, the API chooses the model."""
    outcome = run(*OCR, name)
    assert (outcome.code, outcome.err) == (0, "")
    assert sent(sandbox)["model"] is None
    document = sent(sandbox)["document"]
    assert document["type"] == kind
    prefix, _, encoded = document[kind].partition(",")
    assert (prefix, b64decode(encoded)) == (head, Path(name).read_bytes())


def test_a_large_file_is_uploaded_with_an_expiry(run: Run, sandbox: Sandbox) -> None:
    """It expires after a day, because only this command knows its ID."""
    Path("large.pdf").write_bytes(LARGE)
    assert run(*OCR, "large.pdf").code == 0
    assert sent(sandbox)["document"]["type"] == "file"
    (stored,) = [each for each in sandbox.state.files.values() if each.content == LARGE]
    assert stored.about.expires_at is not None


@pytest.mark.usefixtures("terminal")
def test_an_upload_shows_its_progress_on_a_terminal(run: Run) -> None:
    """A bar on standard error."""
    Path("large.pdf").write_bytes(LARGE)
    outcome = run(*OCR, "large.pdf")
    assert outcome.code == 0
    assert "large.pdf" in outcome.err


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://a.example/b.pdf?page=c.png", "document_url"),
        ("https://a.example/b.PNG?size=1", "image_url"),
        ("data:image/png;base64,aGk=", "image_url"),
        ("https://a.example", "document_url"),
    ],
)
def test_a_url_of_an_image_is_sent_as_an_image(
    run: Run, sandbox: Sandbox, text: str, kind: str
) -> None:
    """Recognized by its path or media type."""
    assert run(*OCR, "--document", text).code == 0
    assert sent(sandbox)["document"] == {"type": kind, kind: text}


@pytest.mark.parametrize("text", ["missing.pdf", "C:\\b.pdf", "file:///b.pdf", ".", "x" * 5000])
def test_an_invalid_document_is_refused(run: Run, sandbox: Sandbox, text: str) -> None:
    """Nothing is sent."""
    outcome = run(*OCR, text)
    assert (outcome.code, outcome.out) == (2, "")
    assert "is not a file, a URL or the ID of an uploaded file." in outcome.err
    assert not sandbox.requests


def test_a_file_of_an_unknown_type_is_an_error(run: Run, folder: Path) -> None:
    """The server would not know how to read it."""
    (folder / "notes").write_bytes(b"\0")
    outcome = run(*OCR, "notes")
    assert (outcome.code, outcome.out) == (1, "")
    assert "The type of `file` is unknown" in outcome.err


def test_a_document_becomes_a_markdown_file_with_its_images(run: Run, sandbox: Sandbox) -> None:
    """The folder is created. Nothing else is left in it."""
    outcome = run(*OCR, "my report.pdf", "--output", "a/b")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"Saved {Path('a/b/my report.md')}.\n"
    assert sent(sandbox)["include_image_base64"] is True
    files = files_in("a/b")
    images = [f"my report-{number}.png" for number in (1, 2, 3)]
    assert [*files] == [*images, "my report.md"]
    assert all(files[each].startswith(b"\x89PNG") for each in images)
    assert b"![img-0.png](my%20report-1.png)" in files["my report.md"]


def test_images_can_be_left_out(run: Run) -> None:
    """Only the text is written."""
    assert run(*OCR, "scan.png", "-o", "out", "--no-include-image-base64").code == 0
    assert [*files_in("out")] == ["scan.md"]


@pytest.mark.parametrize("existing", ["scan.md", "scan-1.png"])
def test_no_file_is_replaced_without_force(run: Run, sandbox: Sandbox, existing: str) -> None:
    """The check is before the request, so that no paid response is lost."""
    path = Path("out", existing)
    path.parent.mkdir()
    path.write_bytes(b"mine")
    outcome = run(*OCR, "scan.png", "--output", "out")
    assert (outcome.code, outcome.out) == (1, "")
    assert f"`{existing}` exists. Use --force to replace existing files." in outcome.err
    assert files_in("out") == {existing: b"mine"}
    calls = [each for each in sandbox.requests if each.url.endswith("/ocr")]
    assert len(calls) == (existing != "scan.md")
    assert run(*OCR, "scan.png", "--output", "out", "--force").code == 0
    assert [*files_in("out")] == ["scan-1.png", "scan.md"]
    assert files_in("out")[existing] != b"mine"


def test_force_requires_a_folder(run: Run) -> None:
    """Nothing would be replaced otherwise."""
    outcome = run(*OCR, "scan.png", "--force")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--force requires a folder. Pass one with --output FOLDER." in outcome.err
    assert "mistral-funcs ocr process --help" in outcome.err


@pytest.mark.parametrize("folder_name", ["scan.png", "scan.png/below"])
def test_an_output_folder_that_is_a_file_is_refused(
    run: Run, sandbox: Sandbox, folder_name: str
) -> None:
    """Nothing is sent."""
    before = Path("scan.png").read_bytes()
    outcome = run(*OCR, "my report.pdf", "--output", folder_name)
    assert (outcome.code, outcome.out) == (1, "")
    assert "Not a directory" in outcome.err
    assert Path("scan.png").read_bytes() == before
    assert not any(each.url.endswith("/ocr") for each in sandbox.requests)


def test_a_failed_call_leaves_no_files(run: Run, sandbox: Sandbox) -> None:
    """The folder is not created either."""
    sandbox.fail(400, on=ocr_process)
    assert run(*OCR, "scan.png", "--output", "out").code == 1
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("https://a.example/docs/the%20scan.pdf?x=/y#z", "the scan.md"),
        ("https://a.example/a%2F..%2F..%2F..%2Fb.pdf", "b.md"),
        ("https://a.example/..%2F..", "document.md"),
        ("data:application/pdf;base64,aGk/aGk=", "document.md"),
        ('{"type": "image_url", "image_url": {"url": "https://a.example/b.png"}}', "b.md"),
        ('{"type": "document_url", "document_url": "https://a", "document_name": "../c"}', "_c.md"),
        (ID, f"{ID}.md"),
    ],
)
def test_the_file_is_named_after_the_document(run: Run, document: str, name: str) -> None:
    """The name cannot escape from the folder."""
    assert run(*OCR, document, "--output", "out").code == 0
    assert [*files_in("out")][-1] == name


def test_ids_of_images_are_not_used_as_paths(run: Run, sandbox: Sandbox) -> None:
    """The server chooses them."""
    image = {"id": "../../escaped.png", "image_base64": "aGk="}
    page = {"index": 0, "markdown": "![a](../../escaped.png)", "images": [image]}
    body = {"model": "m", "pages": [page], "usage_info": {"pages_processed": 1}}
    sandbox.fail(json_response(body), on=ocr_process)
    assert run(*OCR, "scan.png", "--output", "a/b").code == 0
    assert files_in("a/b") == {"scan-1.bin": b"hi", "scan.md": b"![a](scan-1.bin)\n"}
    assert not list(Path().rglob("escaped*"))


def test_an_image_with_invalid_base64_leaves_no_files(run: Run, sandbox: Sandbox) -> None:
    """The complete document is an error."""
    page = {"index": 0, "markdown": "a", "images": [{"id": "a", "image_base64": "?"}]}
    body = {"model": "m", "pages": [page], "usage_info": {"pages_processed": 1}}
    sandbox.fail(json_response(body), on=ocr_process)
    outcome = run(*OCR, "scan.png", "--output", "out")
    assert (outcome.code, outcome.out) == (1, "")
    assert "not valid base64" in outcome.err
    assert not Path("out").exists()
