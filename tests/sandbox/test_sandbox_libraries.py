"""Libraries of the sandbox: documents that are processed, found and shared."""

from typing import Any

import pytest

from mistral_core import File, MistralCore
from mistral_funcs import (
    beta_libraries_accesses_delete,
    beta_libraries_accesses_list,
    beta_libraries_accesses_update_or_create,
    beta_libraries_create,
    beta_libraries_delete,
    beta_libraries_documents_delete,
    beta_libraries_documents_extracted_text_signed_url,
    beta_libraries_documents_get,
    beta_libraries_documents_get_signed_url,
    beta_libraries_documents_libraries_documents_update_v1,
    beta_libraries_documents_list,
    beta_libraries_documents_reprocess,
    beta_libraries_documents_status,
    beta_libraries_documents_text_content,
    beta_libraries_documents_update,
    beta_libraries_documents_upload,
    beta_libraries_get,
    beta_libraries_libraries_update_v1,
    beta_libraries_list,
    beta_libraries_update,
    paginate,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import Document, Library

PAGES = b"The sea is blue.\fThe sky is, too."


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a sandbox."""
    return Sandbox()


@pytest.fixture
def client(sandbox: Sandbox) -> MistralCore:
    """Return its client."""
    return MistralCore(transport=sandbox)


async def a_library(client: MistralCore, name: str = "Docs") -> str:
    """Create a library, and return its ID."""
    return (await beta_libraries_create(client, name=name)).unwrap().id


async def a_document(
    client: MistralCore, library_id: str, content: bytes = PAGES, name: str = "a.txt"
) -> str:
    """Upload a document, and return its ID."""
    file = File(content, file_name=name)
    return (await beta_libraries_documents_upload(client, library_id, file=file)).unwrap().id


async def names(client: MistralCore, library_id: str, **arguments: Any) -> list[str | None]:
    """Return the names of all documents."""
    listed = paginate(beta_libraries_documents_list, client, library_id, page_size=1, **arguments)
    items = [each.unwrap() async for each in listed]
    return [each.name for each in items if isinstance(each, Document)]


# ---------------------------------------------------------------------------------------- libraries


async def test_the_life_of_a_library(client: MistralCore) -> None:
    """Its counters and owners follow from its documents and accesses."""
    key = await a_library(client)
    assert (await beta_libraries_get(client, key)).unwrap().nb_documents == 0
    document = await a_document(client, key)
    await beta_libraries_accesses_update_or_create(
        client, key, level="Viewer", share_with_type="User", share_with_uuid="u"
    )
    library = (await beta_libraries_get(client, key)).unwrap()
    assert (library.nb_documents, library.total_size) == (1, len(PAGES))
    assert library.explicit_user_members_count == 1
    assert library.explicit_workspace_members_count == 0
    changed = (await beta_libraries_update(client, key, description="All of them.")).unwrap()
    assert (changed.name, changed.description) == ("Docs", "All of them.")
    changed = (await beta_libraries_libraries_update_v1(client, key, name="More")).unwrap()
    assert (changed.name, changed.description) == ("More", "All of them.")
    assert (await beta_libraries_delete(client, key)).unwrap().name == "More"
    assert (await beta_libraries_get(client, key)).call.status == 404
    assert (await beta_libraries_documents_get(client, key, document)).call.status == 404


async def test_libraries_are_listed(client: MistralCore) -> None:
    """The newest first, on several pages, or filtered by a part of the name."""
    for name in ("one", "Two", "three"):
        await a_library(client, name)
    for search, expected in ((None, ["three", "Two", "one"]), ("T", ["three", "Two"])):
        listed = paginate(beta_libraries_list, client, page_size=1, search=search)
        items = [each.unwrap() async for each in listed]
        assert [each.name for each in items if isinstance(each, Library)] == expected


async def test_a_chunk_size_out_of_range_is_refused(client: MistralCore) -> None:
    """As by the API."""
    assert (await beta_libraries_create(client, name="n", chunk_size=255)).call.status == 422


async def test_a_library_is_shared(client: MistralCore) -> None:
    """Another access for the same user changes the level of the first one."""
    key = await a_library(client)
    for level in ("Viewer", "Editor"):
        shared = await beta_libraries_accesses_update_or_create(
            client, key, level=level, share_with_type="Workspace", share_with_uuid="w"
        )
        assert shared.unwrap().role == level
    assert (await beta_libraries_accesses_list(client, key)).unwrap().data == [shared.unwrap()]
    arguments: dict[str, Any] = {"share_with_type": "Workspace", "share_with_uuid": "w"}
    removed = await beta_libraries_accesses_delete(client, key, **arguments)
    assert removed.unwrap() == shared.unwrap()
    assert (await beta_libraries_accesses_list(client, key)).unwrap().data == []
    again = await beta_libraries_accesses_delete(client, key, **arguments)
    assert again.call.status == 404


# ---------------------------------------------------------------------------------------- documents


async def test_a_document_is_processed_step_by_step(client: MistralCore, sandbox: Sandbox) -> None:
    """Each `advance` is a step. `reprocess` starts again."""
    key = await a_library(client)
    document = await a_document(client, key)
    sandbox.state.progress = "manual"

    async def status() -> str | None:
        return (
            (await beta_libraries_documents_status(client, key, document)).unwrap().process_status
        )

    for expected in ("todo", "in_progress", "done", "done"):
        assert await status() == expected
        sandbox.advance()
    about = (await beta_libraries_documents_get(client, key, document)).unwrap()
    assert (about.number_of_pages, about.summary) == (2, "The sea is blue.\fThe sky is, too.")
    assert (about.mime_type, about.extension, about.size) == ("text/plain", "txt", len(PAGES))
    (await beta_libraries_documents_reprocess(client, key, document)).unwrap()
    assert await status() == "todo"


async def test_a_processed_document_has_text(client: MistralCore, sandbox: Sandbox) -> None:
    """All pages or some of them. The text of a binary file contains its name."""
    key = await a_library(client)
    document = await a_document(client, key)
    image = await a_document(client, key, b"\xff\xfe", "photo.png")
    text = beta_libraries_documents_text_content
    sign = beta_libraries_documents_extracted_text_signed_url
    assert (await text(client, key, document)).call.status == 404
    assert (await sign(client, key, document)).call.status == 404
    sandbox.advance(2)
    assert (await text(client, key, document)).unwrap().text == PAGES.decode()
    assert (await text(client, key, document, page_start=1)).unwrap().text == "The sky is, too."
    assert (await text(client, key, document, page_end=1)).unwrap().text == "The sea is blue."
    assert (await text(client, key, image)).unwrap().text == "Text of photo.png"
    urls = {
        (await sign(client, key, document)).unwrap(),
        (await beta_libraries_documents_get_signed_url(client, key, document)).unwrap(),
    }
    assert len({url for url in urls if document in url}) == 2


async def test_documents_are_searched_by_words(client: MistralCore, sandbox: Sandbox) -> None:
    """In their names at once, and in their texts once they are processed."""
    key = await a_library(client)
    await a_document(client, key, b"The moon.", "b.txt")
    await a_document(client, key, PAGES, "a.txt")
    assert await names(client, key, search="B.TXT") == ["b.txt"]
    sandbox.state.progress = "manual"
    key_of_new = await a_document(client, key, b"Another sea.", "new.txt")
    sandbox.advance(2)
    assert await names(client, key, search="SEA") == ["new.txt", "a.txt"]
    (await beta_libraries_documents_reprocess(client, key, key_of_new)).unwrap()
    assert await names(client, key, search="sea") == ["a.txt"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({}, ["c", "a", "b"]),
        ({"sort_order": "asc"}, ["b", "a", "c"]),
        ({"sort_by": "name", "sort_order": "asc"}, ["a", "b", "c"]),
        ({"sort_by": "size"}, ["b", "c", "a"]),
    ],
)
async def test_documents_are_sorted(
    client: MistralCore, order: dict[str, str], expected: list[str]
) -> None:
    """The newest first, by default."""
    key = await a_library(client)
    for name, size in (("b", 3), ("a", 1), ("c", 2)):
        await a_document(client, key, b"x" * size, name)
    assert await names(client, key, **order) == expected


async def test_the_last_page_of_documents_is_known_by_the_total(
    client: MistralCore, sandbox: Sandbox
) -> None:
    """No further page is requested."""
    key = await a_library(client)
    for name in "abc":
        await a_document(client, key, name=name)
    before = len(sandbox.requests)
    assert len(await names(client, key)) == 3
    assert len(sandbox.requests) - before == 3


@pytest.mark.parametrize("order", [{"sort_by": "color"}, {"sort_order": "down"}])
async def test_an_unknown_order_is_refused(client: MistralCore, order: dict[str, str]) -> None:
    """With 422, like other invalid arguments."""
    key = await a_library(client)
    listed = await beta_libraries_documents_list(client, key, **order)  # type: ignore[arg-type]
    assert listed.call.status == 422


async def test_a_document_is_changed_and_deleted(client: MistralCore) -> None:
    """Omitted fields do not change."""
    key = await a_library(client)
    document = await a_document(client, key)
    attributes: dict[str, Any] = {"tags": ["a", "b"], "pages": [1, 2], "draft": True}
    changed = (
        await beta_libraries_documents_update(client, key, document, attributes=attributes)
    ).unwrap()
    assert (changed.name, changed.attributes) == ("a.txt", attributes)
    renamed = await beta_libraries_documents_libraries_documents_update_v1(
        client, key, document, name="b.txt"
    )
    assert (renamed.unwrap().name, renamed.unwrap().attributes) == ("b.txt", attributes)
    assert (await beta_libraries_documents_delete(client, key, document)).unwrap() is None
    assert (await beta_libraries_documents_delete(client, key, document)).call.status == 404
    assert await names(client, key) == []
