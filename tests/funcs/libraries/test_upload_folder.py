"""Uploads of folders: one result per file, and no file is sent twice, whatever happens."""

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    MistralCore,
    Ok,
    Request,
    Response,
    RetryConfig,
    operation_of,
)
from mistral_funcs import (
    beta_libraries_create,
    beta_libraries_documents_delete,
    beta_libraries_documents_list,
    beta_libraries_documents_upload,
    upload_folder,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.toolkit.libraries.upload_folder import DocumentUpload

PROGRAM = Path(__file__).with_name("folder_program.py")
ONCE = RetryConfig(strategy="none")
UPLOAD = operation_of(beta_libraries_documents_upload)


@attrs.define
class Library:
    """A library of a sandbox, and a folder to upload into it.

    Attributes:
        sandbox: The sandbox.
        id: ID of the library.
        folder: The folder.
        journal: Where the journal of the upload is.
        lose: Whether the response to an upload is lost.
        before_response: What happens when an upload has arrived.
    """

    sandbox: Sandbox
    id: str
    folder: Path
    journal: Path
    lose: Callable[[int], bool] = lambda _: False
    before_response: Callable[[], object] = lambda: None
    uploads: int = 0

    @property
    def api_key(self) -> str:
        """The key of the sandbox."""
        return self.sandbox.api_key

    async def send(self, request: Request) -> Response:
        """Send a request to the sandbox, as a transport."""
        response = await self.sandbox.send(request)
        if request.method == "POST" and request.url.endswith("/documents"):
            self.uploads += 1
            self.before_response()
            if self.lose(self.uploads):
                raise APIConnectionError("the response was lost")
        return response

    async def aclose(self) -> None:
        """Do nothing."""

    @property
    def client(self) -> MistralCore:
        """A client of the sandbox."""
        return MistralCore(transport=self, retry_config=ONCE)

    def write(self, **texts: str) -> None:
        """Write files named `name.txt` to the folder."""
        for name, text in texts.items():
            (self.folder / f"{name}.txt").write_text(text)

    async def upload(self, *, max_uploads: int = 4) -> list[DocumentUpload]:
        """Upload the folder, and return the results by file name."""
        items = upload_folder(
            self.client, self.id, self.folder, journal=self.journal, max_uploads=max_uploads
        )
        return sorted([item.unwrap() async for item in items], key=lambda each: each.path)

    async def refusal(self) -> Failure:
        """Upload the folder, and return the reason why nothing was uploaded."""
        items = upload_folder(self.client, self.id, self.folder, journal=self.journal)
        (item,) = [each async for each in items]
        assert isinstance(item, Err)
        return item.error

    @property
    def texts(self) -> list[str]:
        """The contents of the documents, sorted."""
        documents = self.sandbox.state.libraries[self.id].documents.values()
        return sorted(each.content.decode() for each in documents)

    @property
    def names(self) -> list[str]:
        """The names of the documents, sorted."""
        documents = self.sandbox.state.libraries[self.id].documents.values()
        return sorted(each.about.name or "" for each in documents)


def errors(uploads: list[DocumentUpload]) -> dict[str, str]:
    """Return the error messages by file name."""
    return {
        each.path.name: str(each.result.error) for each in uploads if isinstance(each.result, Err)
    }


@pytest.fixture
async def library(tmp_path: Path) -> Library:
    """Return an empty library and an empty folder."""
    sandbox = Sandbox()
    about = (await beta_libraries_create(MistralCore(transport=sandbox), name="docs")).unwrap()
    folder = tmp_path / "folder"
    folder.mkdir()
    return Library(sandbox, about.id, folder, tmp_path / "journal")


async def test_each_file_has_a_result(library: Library) -> None:
    """With the resulting document. Names of files in subfolders include the folder."""
    library.write(one="first", two="second")
    (library.folder / "more").mkdir()
    (library.folder / "more" / "one.txt").write_text("third")
    uploads = await library.upload()
    assert [each.path.relative_to(library.folder).as_posix() for each in uploads] == [
        "more/one.txt",
        "one.txt",
        "two.txt",
    ]
    assert [each.result.unwrap().name for each in uploads] == ["one.txt", "one.txt", "two.txt"]
    assert library.texts == ["first", "second", "third"]


async def test_a_second_run_sends_nothing(library: Library) -> None:
    """It has the same results, from the journal."""
    library.write(one="first", two="second")
    assert await library.upload() == await library.upload()
    assert library.uploads == 2


async def test_new_and_changed_files_are_sent(library: Library) -> None:
    """The earlier document remains, and the result names it."""
    library.write(one="first", two="second")
    former, _ = await library.upload()
    library.write(one="first, changed", three="third")
    changed, new, same = await library.upload()
    assert changed.replaced_id == former.result.unwrap().id
    assert (new.replaced_id, same.replaced_id) == (None, None)
    assert library.texts == ["first", "first, changed", "second", "third"]
    assert (await library.upload())[0] == changed


def empty(folder: Path) -> None:
    """Create an empty file."""
    (folder / "empty").touch()


def pipe(folder: Path) -> None:
    """Create a named pipe."""
    os.mkfifo(folder / "pipe")


def link_out(folder: Path) -> None:
    """Create a link out of the folder."""
    (folder / "out").symlink_to(folder.parent)


def broken_link(folder: Path) -> None:
    """Create a link to nothing."""
    (folder / "broken").symlink_to(folder / "nothing")


def link_in(folder: Path) -> None:
    """Create a link to another file of the folder."""
    (folder / "in").symlink_to(folder / "a.txt")


def bytes_for_a_name(folder: Path) -> None:
    """Create a file whose name is not UTF-8."""
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff")).write_text("x")


def hidden(folder: Path) -> None:
    """Create a hidden file, and a file in a hidden folder."""
    (folder / ".hidden").write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x").write_text("x")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (empty, {"empty": "`empty` is empty"}),
        (pipe, {"pipe": "`pipe` is not a regular file"}),
        (link_out, {"out": "`out` is a link out of the folder"}),
        (broken_link, {"broken": "`broken` No such file or directory"}),
        (link_in, {}),
        (bytes_for_a_name, {"\udcff": "`\\udcff` has a name that is not UTF-8"}),
        (hidden, {}),
    ],
)
async def test_some_files_are_refused_or_left_out(
    library: Library, make: Callable[[Path], object], expected: dict[str, str]
) -> None:
    """With a reason. The others are uploaded."""
    library.write(a="first")
    make(library.folder)
    assert errors(await library.upload()) == expected
    assert library.names == ["a.txt"]


async def test_a_folder_that_cannot_be_read_is_refused(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a single result for the folder."""
    (library.folder / "closed").mkdir()
    scan: Any = os.scandir

    def scandir(folder: Path) -> Any:
        if folder.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert errors(await library.upload()) == {"closed": "`closed` Permission denied"}


async def test_names_are_normalized(library: Library) -> None:
    """MacOS writes `e` and a combining accent for `é`."""
    (library.folder / normalize("NFD", "é.txt")).write_text("first")
    await library.upload()
    assert library.names == [normalize("NFC", "é.txt")]


async def test_a_name_in_another_normal_form_is_refused(library: Library) -> None:
    """The journal could not tell the two files apart."""
    forms: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
    for form in forms:
        (library.folder / normalize(form, "é.txt")).write_text(form)
    refused = errors(await library.upload())
    assert [*refused.values()] == ["`é.txt` has the name of another file, in other code points"]
    assert len(library.names) == 1


async def test_the_journal_is_not_uploaded(library: Library) -> None:
    """Even if it is in the folder without a hidden name."""
    library.write(a="first")
    library.journal = library.folder / "journal"
    for _ in range(2):
        await library.upload()
    assert library.names == ["a.txt"]


@pytest.mark.parametrize("change", ["other text", None], ids=["changed", "deleted"])
async def test_a_file_that_changes_during_its_upload_is_deleted(
    library: Library, change: str | None
) -> None:
    """Its document may mix both versions. The next run uploads the file again."""
    library.write(a="first")
    path = library.folder / "a.txt"
    library.before_response = lambda: path.write_text(change) if change else path.unlink()
    message = "`a.txt` changed while it was uploaded. Upload it again."
    assert errors(await library.upload()) == {"a.txt": message}
    assert library.texts == []
    library.before_response = lambda: None
    library.write(a="last")
    await library.upload()
    assert library.texts == ["last"]


async def test_a_document_that_cannot_be_deleted_is_replaced(library: Library) -> None:
    """The next run names it as the earlier document."""
    library.write(a="first")
    library.before_response = lambda: library.write(a="other")
    library.sandbox.fail(503, on=beta_libraries_documents_delete)
    assert "503" in errors(await library.upload())["a.txt"]
    library.before_response = lambda: None
    (upload,) = await library.upload()
    assert isinstance(upload.result, Ok)
    documents = [*library.sandbox.state.libraries[library.id].documents]
    assert documents == [upload.replaced_id, upload.result.value.id]


# ----------------------------------------------------------------------------------- lost responses


async def test_an_upload_whose_response_was_lost_is_not_repeated(library: Library) -> None:
    """The next run asks the server, which has the document."""
    library.write(a="first", b="second")
    library.lose = lambda number: number == 1
    lost = errors(await library.upload(max_uploads=1))
    assert lost == {"a.txt": "the response was lost"}
    assert errors(await library.upload()) == {}
    assert library.uploads == 2
    assert library.texts == ["first", "second"]


async def test_an_upload_that_never_arrived_is_repeated(library: Library) -> None:
    """After the server has reported that it does not have the document."""
    library.write(a="first")
    library.sandbox.fail(APIConnectionError("no server"), on=UPLOAD)
    assert errors(await library.upload()) == {"a.txt": "no server"}
    assert errors(await library.upload()) == {}
    assert library.texts == ["first"]


@pytest.mark.parametrize("status", [400, 408, 422, 500])
async def test_a_refused_upload_is_sent_again_by_the_next_run(
    library: Library, status: int
) -> None:
    """Whether or not its outcome must be looked up."""
    library.write(a="first")
    library.sandbox.fail(status, on=UPLOAD)
    assert len(errors(await library.upload())) == 1
    asked = len(library.sandbox.requests)
    assert errors(await library.upload()) == {}
    listings = [each.method for each in [*library.sandbox.requests][asked:]].count("GET")
    assert listings == (0 if status in (400, 422) else 1)
    assert library.texts == ["first"]


async def test_files_that_look_alike_wait_for_each_other(library: Library) -> None:
    """A lost response to one of them is resolved before the next one is sent."""
    for name in "abc":
        (library.folder / name).mkdir()
        (library.folder / name / "same.txt").write_text(f"text {name}")
    library.lose = lambda number: number == 1
    assert list(errors(await library.upload())) == ["same.txt"]
    assert errors(await library.upload()) == {}
    assert library.texts == ["text a", "text b", "text c"]
    assert library.uploads == 3


async def test_similar_files_are_not_sent_if_a_lost_one_is_unresolved(
    library: Library,
) -> None:
    """The server's list could not tell them apart later."""
    for name in "ab":
        (library.folder / name).mkdir()
        (library.folder / name / "same.txt").write_text(f"text {name}")
    library.lose = lambda _: True

    def fail() -> None:
        library.sandbox.fail(503, on=operation_of(beta_libraries_documents_list))

    library.before_response = fail
    uploads = await library.upload()
    messages = [str(each.result.error) for each in uploads if isinstance(each.result, Err)]
    assert messages[0] == "the response was lost"
    assert "503" in messages[1]
    assert library.uploads == 1
    library.lose, library.before_response = lambda _: False, lambda: None
    assert errors(await library.upload()) == {}
    assert library.texts == ["text a", "text b"]


async def test_an_older_document_is_not_mistaken_for_a_lost_one(
    library: Library,
) -> None:
    """Although it has the file's name and size."""
    client = MistralCore(transport=library.sandbox)
    library.write(a="older")
    for _ in range(2):
        path = library.folder / "a.txt"
        (await beta_libraries_documents_upload(client, library.id, file=path)).unwrap()
    library.write(a="first")
    library.sandbox.fail(APIConnectionError("no server"), on=UPLOAD)
    await library.upload()
    await library.upload()
    assert library.texts == ["first", "older", "older"]


# ----------------------------------------------------------------------- errors that stop an upload


@pytest.mark.parametrize(
    "written", ["", "{}\n", "text", "[]\n", '{"version": 2, "library_id": ""}\n']
)
async def test_an_invalid_journal_is_not_overwritten(library: Library, written: str) -> None:
    """An empty file is a new journal."""
    library.write(a="first")
    library.journal.write_text(written)
    if not written:
        assert errors(await library.upload()) == {}
        return
    error = await library.refusal()
    assert str(library.journal) in str(error)
    assert library.journal.read_text() == written
    assert library.uploads == 0


async def test_a_journal_belongs_to_one_library(library: Library) -> None:
    """The documents of another library are not in it."""
    await library.upload()
    library.id = "another"
    assert "is the journal of library" in str(await library.refusal())


async def test_a_journal_with_a_damaged_line_is_refused(library: Library) -> None:
    """Otherwise files might be sent again. An incomplete last line is left by a crash."""
    library.write(a="first")
    await library.upload()
    lines = library.journal.read_text()
    library.journal.write_text(lines + '{"name": "b')
    await library.upload()
    assert library.journal.read_text() == lines
    library.journal.write_text(lines + '{"name": "b\n')
    assert "line 4" in str(await library.refusal())


async def test_a_journal_is_used_by_one_process(library: Library) -> None:
    """Two uploads of a folder would send everything twice."""
    library.write(a="first", b="second")
    first = upload_folder(
        library.client, library.id, library.folder, journal=library.journal, max_uploads=1
    )
    await anext(aiter(first))
    assert str(await library.refusal()) == f"`{library.journal}` is in use by another process"
    await first.aclose()  # type: ignore[attr-defined]
    assert errors(await library.upload()) == {}
    assert library.texts == ["first", "second"]


async def test_an_unknown_library_stops_the_upload(library: Library) -> None:
    """Before any file is sent."""
    library.write(a="first")
    library.id = "nothing"
    assert "No library matches" in str(await library.refusal())
    assert library.uploads == 0


async def test_a_missing_folder_stops_the_upload(library: Library) -> None:
    """The error has the reason of the system."""
    library.folder /= "nothing"
    assert "No such file or directory" in str(await library.refusal())


@pytest.mark.parametrize("failing", [1, 3], ids=["first line", "first step"])
async def test_an_unwritable_journal_stops_the_upload(
    library: Library, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """A step does not start unless it is on disk."""
    library.write(a="first")
    calls: list[int] = []

    def fsync(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    assert "No space left on device" in str(await library.refusal())
    assert library.uploads == 0
    assert errors(await library.upload()) == {}


async def test_max_uploads_is_positive(library: Library) -> None:
    """Zero would never end."""
    items = upload_folder(
        library.client, library.id, library.folder, journal=library.journal, max_uploads=0
    )
    (item,) = [each async for each in items]
    assert str(item.error) == "`max_uploads` must be at least 1"  # type: ignore[union-attr]


# --------------------------------------------------------------------------------- a killed program


async def test_no_file_is_sent_twice_if_the_program_is_killed(
    tmp_path: Path,
) -> None:
    """Three times, at different moments.

    The server is asked about uploads that are not in the journal.
    """
    folder = tmp_path / "folder"
    for number in range(500):
        path = folder / f"part {number % 7}" / f"{number % 50}.txt"
        path = path.with_name(f"{number}.txt") if number % 3 else path.with_stem(f"same {number}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"number {number:03}")
    sandbox = Sandbox()
    async with sandbox.serve() as url:
        client = MistralCore(transport=sandbox)
        library = (await beta_libraries_create(client, name="docs")).unwrap()
        documents = sandbox.state.libraries[library.id].documents

        async def run(until: int | None) -> str:
            arguments = [url, library.id, str(folder), str(tmp_path / "journal")]
            process = await asyncio.create_subprocess_exec(
                sys.executable, str(PROGRAM), *arguments, stdout=asyncio.subprocess.PIPE
            )
            while len(documents) < (until or 0) and process.returncode is None:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            if until is not None:
                with suppress(ProcessLookupError):
                    process.kill()
            output, _ = await process.communicate()
            return output.decode()

        for until in (50, 199, 350):
            assert not await run(until)
            assert until <= len(documents) < 500
        assert await run(None) == "500 500\n"
        sent = Counter(each.content for each in documents.values())
        assert len(sent) == 500
        assert set(sent.values()) == {1}
    lines = (tmp_path / "journal").read_text().splitlines()[1:]
    states = {entry["name"]: entry["state"] for entry in map(json.loads, lines)}
    assert Counter(states.values()) == {"sent": 500}
