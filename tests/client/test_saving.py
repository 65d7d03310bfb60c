"""Saving downloads: which files are replaced, which are written in place, and what is left."""

import asyncio
import errno
import gzip
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    Err,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    Result,
)
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs.files.download import files_download
from tests.faults.fault_server import http, misbehaving, says

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these are files of POSIX")

CONTENT = os.urandom(3_000_001)


async def save(
    path: Path, content: bytes = CONTENT, deadline: float = 20, **options: Any
) -> Result[Path, Exception]:
    """Download some content into a file."""
    transport = ScriptedTransport(stream_response(*_split(content)))
    client = MistralCore(transport=transport, timeout=deadline)
    return await (await files_download(client, "f")).unwrap().save(path, **options)


def _split(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), 100_000):
        yield content[start : start + 100_000]


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def reason_of(saved: Result[Path, Exception]) -> str:
    """Return the reason why a file could not be written."""
    assert isinstance(saved, Err)
    assert isinstance(saved.error, InvalidRequestError)
    assert saved.error.param == "path"
    return saved.error.message


def mode_of(path: Path) -> int:
    """Return the permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


# ----------------------------------------------------------------------------------- replaced files


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o4711], ids=oct)
async def test_a_file_keeps_its_permissions(mode: int, tmp_path: Path) -> None:
    """Regardless of the umask."""
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(mode)
    assert await save(path) == Ok(path)
    assert (path.read_bytes(), mode_of(path)) == (CONTENT, mode)
    assert names_in(tmp_path) == ["file"]


@pytest.mark.parametrize("umask", [0o022, 0o002, 0o077], ids=oct)
async def test_a_new_file_has_default_permissions(umask: int, tmp_path: Path) -> None:
    """The umask applies."""
    before = os.umask(umask)
    try:
        await save(tmp_path / "file")
    finally:
        os.umask(before)
    assert mode_of(tmp_path / "file") == 0o666 & ~umask


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
async def test_a_file_keeps_its_owner_if_the_process_may_set_it(tmp_path: Path) -> None:
    """The group is kept too."""
    path = tmp_path / "file"
    path.write_text("old")
    os.chown(path, 12345, 54321)
    path.chmod(0o4755)
    await save(path)
    assert (path.stat().st_uid, path.stat().st_gid, mode_of(path)) == (12345, 54321, 0o4755)


async def test_a_file_whose_owner_cannot_be_kept_loses_its_setuid_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It must not run as the new owner."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", refuse)
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o4755)
    assert await save(path) == Ok(path)
    assert mode_of(path) == 0o755


async def test_a_read_only_file_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if its folder is writable."""

    def refuse(*_: object) -> bool:
        return False

    path = tmp_path / "file"
    path.write_text("old")
    monkeypatch.setattr(os, "access", refuse)
    assert reason_of(await save(path)) == f"Cannot write `{path}`: Permission denied"
    assert (path.read_text(), names_in(tmp_path)) == ("old", ["file"])


@pytest.mark.parametrize("name", ["x" * 250, "x" * 255, "\u20ac" * 85])
@pytest.mark.parametrize("exists", [False, True], ids=["new", "old"])
async def test_a_name_may_be_as_long_as_the_file_system_allows(
    name: str, tmp_path: Path, *, exists: bool
) -> None:
    """255 bytes on most file systems."""
    if exists:
        (tmp_path / name).write_text("old")
    assert await save(tmp_path / name) == Ok(tmp_path / name)
    assert names_in(tmp_path) == [name]


async def test_saves_to_one_path_do_not_mix(tmp_path: Path) -> None:
    """The file has the content of one of them."""
    path = tmp_path / "file"
    contents = [bytes([number]) * 2_000_000 for number in range(8)]
    saved = await asyncio.gather(*(save(path, content) for content in contents))
    assert saved == [Ok(path)] * 8
    assert path.read_bytes() in contents
    assert names_in(tmp_path) == ["file"]


def to_the_file(folder: Path) -> None:
    """Link to the file."""
    (folder / "link").symlink_to(folder / "file")


def relatively(folder: Path) -> None:
    """Link to a file by a relative path."""
    (folder / "link").symlink_to("file")


def over_another_link(folder: Path) -> None:
    """Link to a link in another folder."""
    (folder / "folder").mkdir()
    (folder / "folder" / "between").symlink_to("../file")
    (folder / "link").symlink_to("folder/between")


@pytest.mark.parametrize("exists", [False, True], ids=["dangling", "old"])
@pytest.mark.parametrize("link", [to_the_file, relatively, over_another_link])
async def test_links_are_followed(
    link: Callable[[Path], None], tmp_path: Path, *, exists: bool
) -> None:
    """The target is replaced or created, and the link is kept."""
    link(tmp_path)
    if exists:
        (tmp_path / "file").write_text("old")
        (tmp_path / "file").chmod(0o600)
    before = (tmp_path / "link").readlink()
    assert await save(tmp_path / "link") == Ok(tmp_path / "link")
    assert (tmp_path / "link").readlink() == before
    assert (tmp_path / "file").read_bytes() == CONTENT
    assert not exists or mode_of(tmp_path / "file") == 0o600
    assert not (tmp_path / "file").is_symlink()


# --------------------------------------------------------------------------- files written in place


async def test_a_named_pipe_is_written(tmp_path: Path) -> None:
    """The reader may open it later and read slowly."""
    path = tmp_path / "pipe"
    os.mkfifo(path)

    def read() -> bytes:
        with path.open("rb", 0) as file:
            parts = [file.read(10)]
            while chunk := file.read(50_000):
                parts.append(chunk)
        return b"".join(parts)

    saving = asyncio.create_task(save(path))
    await asyncio.sleep(0.1)
    received = await asyncio.to_thread(read)
    assert await saving == Ok(path)
    assert received == CONTENT
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert names_in(tmp_path) == ["pipe"]


async def test_a_named_pipe_that_loses_its_reader_is_an_error(tmp_path: Path) -> None:
    """In the middle of the download."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    saving = asyncio.create_task(save(path))
    await asyncio.sleep(0.1)
    os.close(descriptor)
    assert "Broken pipe" in reason_of(await saving)


@pytest.mark.parametrize("reads", [False, True], ids=["nobody", "a reader that does not read"])
async def test_the_deadline_holds_for_a_named_pipe(tmp_path: Path, *, reads: bool) -> None:
    """With and without a reader that has opened the pipe."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK) if reads else None
    saved = await save(path, deadline=0.2)
    assert isinstance(saved, Err)
    assert isinstance(saved.error, RequestTimeoutError)
    assert saved.error.phase == "deadline"
    if descriptor is not None:
        os.close(descriptor)


PROGRAM = """
import asyncio, sys
from mistral_core import MistralCore, Response
from mistral_core.testing import ScriptedTransport
from mistral_funcs.files.download import files_download

async def main():
    client = MistralCore(transport=ScriptedTransport(Response(200, body=b"x" * 1_000_000)))
    stream = (await files_download(client, "f")).unwrap()
    try:
        await asyncio.wait_for(stream.save(sys.argv[1]), 0.1)
    except TimeoutError:
        print("left")

asyncio.run(main())
"""


@pytest.mark.parametrize("reads", [False, True], ids=["nobody", "a reader that does not read"])
def test_a_named_pipe_does_not_keep_the_program_alive(tmp_path: Path, *, reads: bool) -> None:
    """No thread of the program waits for a reader."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK) if reads else None
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(path)]
    done = subprocess.run(command, timeout=20, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout, done.stderr) == (0, "left\n", "")
    if descriptor is not None:
        os.close(descriptor)


@pytest.fixture
def device(tmp_path: Path) -> Callable[[int], Path]:
    """Return a function that creates a device. System devices might be destroyed by a bug."""

    def make(minor: int) -> Path:
        path = tmp_path / f"device-{minor}"
        try:
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, minor))
            path.open("wb", 0).close()
        except OSError as error:
            pytest.skip(f"no device can be made: {error}")
        return path

    return make


@pytest.mark.skipif(sys.platform != "linux", reason="each system has its own numbers of devices")
async def test_a_device_is_written(device: Callable[[int], Path], tmp_path: Path) -> None:
    """It is not replaced, even by root or through a link."""
    null = device(3)
    (tmp_path / "link").symlink_to(null)
    before = null.lstat()
    for path in (null, tmp_path / "link"):
        assert await save(path) == Ok(path)
    assert (null.lstat().st_ino, null.lstat().st_rdev) == (before.st_ino, before.st_rdev)
    assert (tmp_path / "link").is_symlink()


async def test_a_terminal_is_written() -> None:
    """It is a device."""
    master, slave = os.openpty()
    path = Path(os.ttyname(slave))
    assert await save(path, b"hello") == Ok(path)
    assert os.read(master, 100) == b"hello"
    os.close(slave)
    os.close(master)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has a full device")
async def test_a_full_device_is_an_error(device: Callable[[int], Path]) -> None:
    """The message is that of the system."""
    full = device(7)
    assert reason_of(await save(full)) == f"Cannot write `{full}`: No space left on device"


@pytest.mark.parametrize("folder", ["/dev/fd", "/proc/self/fd"])
async def test_a_descriptor_is_written_at_its_position(folder: str, tmp_path: Path) -> None:
    """A file that a shell redirects to is not replaced, because others write to it too."""
    if not Path(folder).exists():  # noqa: ASYNC240
        pytest.skip("this system has none")
    path = tmp_path / "file"
    with path.open("wb", 0) as file:
        file.write(b"before ")
        (tmp_path / "link").symlink_to(f"{folder}/{file.fileno()}")
        assert await save(tmp_path / "link", b"content") == Ok(tmp_path / "link")
        path.rename(tmp_path / "elsewhere")
        assert isinstance(await save(Path(folder, str(file.fileno())), b" twice"), Ok)
        file.write(b" after")
    assert (tmp_path / "elsewhere").read_bytes() == b"before content twice after"
    assert names_in(tmp_path) == ["elsewhere", "link"]


async def test_a_descriptor_of_a_pipe_is_written() -> None:
    """`/dev/stdout` often is one."""
    reader, writer = os.pipe()
    path = Path(f"/dev/fd/{writer}")
    assert await save(path, b"content") == Ok(path)
    assert os.read(reader, 100) == b"content"
    os.close(reader)
    os.close(writer)


# --------------------------------------------------------------------------------- unwritable paths


def a_loop_of_links(folder: Path) -> Path:
    """Return a link to itself."""
    (folder / "path").symlink_to("other")
    (folder / "other").symlink_to("path")
    return folder / "path"


def a_link_to_nowhere(folder: Path) -> Path:
    """Return a link into a folder that does not exist."""
    (folder / "path").symlink_to("nowhere/file")
    return folder / "path"


def a_link_to_a_folder(folder: Path) -> Path:
    """Return a link to a folder."""
    (folder / "other").mkdir()
    (folder / "path").symlink_to("other")
    return folder / "path"


def a_socket(folder: Path) -> Path:
    """Return a socket."""
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(folder / "path"))
    return folder / "path"


def a_closed_descriptor(_: Path) -> Path:
    """Return a closed descriptor."""
    return Path("/dev/fd/987654")


def a_name_that_is_too_long(folder: Path) -> Path:
    """Return a path with a name that is too long."""
    return folder / ("x" * 256)


def no_path(folder: Path) -> Path:
    """Return a string that cannot be a path."""
    return folder / "a\0b"


UNWRITABLE = [
    (a_loop_of_links, "symbolic links"),
    (a_link_to_nowhere, "No such file or directory"),
    (a_link_to_a_folder, "Is a directory"),
    (a_socket, "No such device or address"),
    (a_closed_descriptor, "Bad file descriptor"),
    (a_name_that_is_too_long, "File name too long"),
    (no_path, "null"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="each system has its own words")
@pytest.mark.parametrize(
    ("path_in", "reason"), UNWRITABLE, ids=[name.__name__ for name, _ in UNWRITABLE]
)
async def test_an_unwritable_path_is_an_error(
    path_in: Callable[[Path], Path], reason: str, tmp_path: Path
) -> None:
    """Nothing is changed."""
    path = path_in(tmp_path)
    before = [(each.name, each.lstat().st_mode) for each in tmp_path.iterdir()]  # noqa: ASYNC240
    assert reason in reason_of(await save(path))
    assert [(each.name, each.lstat().st_mode) for each in tmp_path.iterdir()] == before  # noqa: ASYNC240


@pytest.mark.parametrize(("size", "room"), [(5_000, 1_000), (3_000_000, 2_000_000)])
@pytest.mark.parametrize("exists", [False, True], ids=["new", "old"])
async def test_a_full_disk_leaves_no_partial_file(
    size: int, room: int, tmp_path: Path, *, exists: bool
) -> None:
    """Simulated by a limit on file sizes, which fails the last write or an earlier one."""
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    path = tmp_path / "file"
    if exists:
        path.write_text("old")
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        saved = await save(path, CONTENT[:size])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert reason_of(saved) == f"Cannot write `{path}`: File too large"
    assert names_in(tmp_path) == ["file"] * exists
    assert not exists or path.read_text() == "old"


# -------------------------------------------------------------------------------------- size limits


BOMB = http(gzip.compress(bytes(50_000_000), 9), "Content-Encoding: gzip")


@pytest.mark.parametrize("how", ["save", "read"])
@pytest.mark.parametrize("body", [BOMB, http(bytes(100_001))], ids=["compressed", "plain"])
async def test_a_body_may_be_limited(how: str, body: bytes, tmp_path: Path) -> None:
    """After decompression. An existing file is kept."""
    path = tmp_path / "file"
    path.write_text("old")
    async with (
        misbehaving(says(body)) as (url, _),
        MistralCore("key", server_url=url, timeout=20) as client,
    ):
        stream = (await files_download(client, "f")).unwrap()
        result: Result[Any, Exception] = (
            await stream.save(path, max_bytes=100_000)
            if how == "save"
            else await stream.read(max_bytes=100_000)
        )
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.message == (
        "The response has more than 100000 bytes, the limit set by `max_bytes`"
    )
    assert (path.read_text(), names_in(tmp_path)) == ("old", ["file"])


@pytest.mark.parametrize(("content", "limit"), [(b"", 0), (b"abc", 3), (b"abc", 4), (b"abc", None)])
async def test_a_body_within_the_limit_is_complete(
    content: bytes, limit: int | None, tmp_path: Path
) -> None:
    """Not a byte is missing."""
    saved = await save(tmp_path / "file", content, max_bytes=limit)
    assert saved.unwrap().read_bytes() == content


async def test_a_limit_may_exceed_that_of_the_client() -> None:
    """The limit of the call takes precedence."""
    transport = ScriptedTransport(*[Response(200, body=b"abc")] * 2)
    client = MistralCore(transport=transport, max_response_bytes=2)
    assert isinstance(await (await files_download(client, "f")).unwrap().read(), Err)
    read = await (await files_download(client, "f")).unwrap().read(max_bytes=3)
    assert read == Ok(b"abc")


@pytest.mark.parametrize("wrong", [-1, 1.5, True, "3", float("inf")])
@pytest.mark.parametrize("how", ["save", "read"])
async def test_a_limit_is_a_number_of_bytes(how: str, wrong: Any, tmp_path: Path) -> None:
    """Anything else is an error, and nothing is written."""
    client = MistralCore(transport=ScriptedTransport(Response(200, body=b"abc")))
    stream = (await files_download(client, "f")).unwrap()
    result: Result[Any, Exception] = (
        await stream.save(tmp_path / "file", max_bytes=wrong)
        if how == "save"
        else await stream.read(max_bytes=wrong)
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param == "max_bytes"
    assert names_in(tmp_path) == []
