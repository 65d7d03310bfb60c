"""Search indexes of the sandbox: searches find documents by their words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mistral_core import Err, MistralCore, Unknown
from mistral_funcs import (
    beta_context_search_indexes_create,
    beta_context_search_indexes_delete,
    beta_context_search_indexes_delete_documents,
    beta_context_search_indexes_generate_index_summary,
    beta_context_search_indexes_get,
    beta_context_search_indexes_get_chunk,
    beta_context_search_indexes_get_index_summary,
    beta_context_search_indexes_grep,
    beta_context_search_indexes_ingest_documents,
    beta_context_search_indexes_list,
    beta_context_search_indexes_navigate,
    beta_context_search_indexes_read,
    beta_context_search_indexes_search,
    beta_context_search_indexes_set_index_summary,
    beta_context_search_indexes_update,
    embeddings_create,
    paginate,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    And,
    Equal,
    In,
    KeywordRetriever,
    ManagedIndexConfig,
    ManagedIndexFields,
    ManagedIndexResponse,
    MistralEmbeddingModel,
    NavigationResponse,
    NearestNeighbourRetriever,
    Not,
    Or,
    Range,
    RRFRetriever,
    SummaryChunk,
    SummaryMetadata,
    TextFieldDefinition,
)

CONFIG = ManagedIndexConfig(embedding=MistralEmbeddingModel(name="mistral-embed", dimensions=1024))
SEA = "The sea is blue.\n\nShips cross the sea, from port to port."
DOCUMENTS: list[dict[str, Any]] = [
    {"id": "sea", "content": SEA, "year": 1999, "tags": "water"},
    {"id": "sky", "content": "The sky is blue and the sun is bright.", "year": 2005},
    {
        "source_id": "moon",
        "date": "2024-05-01T00:00:00Z",
        "chunks": [{"content": "The moon is grey.", "page": 1}, {"content": "Dust.", "page": 2}],
    },
]


@pytest.fixture
async def client() -> MistralCore:
    """Return a client of a sandbox with an index of three documents."""
    client = MistralCore(transport=Sandbox())
    (await beta_context_search_indexes_create(client, name="docs", config=CONFIG)).unwrap()
    (await beta_context_search_indexes_get(client, "docs")).unwrap()
    await beta_context_search_indexes_ingest_documents(client, "docs", documents=DOCUMENTS)
    return client


async def search(client: MistralCore, retriever: Any) -> list[str]:
    """Return the IDs of the chunks that a retriever finds."""
    result = await beta_context_search_indexes_search(client, "docs", retriever=retriever)
    hits = [hit for hit in result.unwrap().hits if not isinstance(hit, Unknown)]
    scores = [hit.score or 0 for hit in hits]
    assert scores == sorted(scores, reverse=True)
    return [hit.chunk.id for hit in hits if hit.chunk is not None]


def ids(response: NavigationResponse) -> list[str]:
    """Return the IDs of chunks."""
    return [each.id for each in response.chunks if not isinstance(each, Unknown)]


# ----------------------------------------------------------------------------------------- searches


@pytest.mark.parametrize(
    ("retriever", "expected"),
    [
        (KeywordRetriever(query="SEA"), ["sea:0", "sea:1"]),
        (KeywordRetriever(query="blue sun"), ["sky:0", "sea:0"]),
        (KeywordRetriever(query="blue sun", operator="and"), ["sky:0"]),
        (KeywordRetriever(query="sea", top_k=1), ["sea:0"]),
        (KeywordRetriever(query="volcano"), []),
        (KeywordRetriever(query="water", field="tags"), ["sea:0", "sea:1"]),
        ({"type": "keyword", "query": "dust"}, ["moon:1"]),
        (NearestNeighbourRetriever(query="grey moon", top_k=1), ["moon:0"]),
        (
            RRFRetriever(
                retrievers=[
                    KeywordRetriever(query="blue sky"),
                    NearestNeighbourRetriever(query="bright sun", top_k=1),
                ],
                weights=[1.0, 2.0],
                rank_constant=1,
            ),
            ["sky:0", "sea:0"],
        ),
    ],
)
async def test_chunks_are_found_by_words(
    client: MistralCore, retriever: Any, expected: list[str]
) -> None:
    """The best match first, in any case, by words or by vectors derived from them."""
    assert await search(client, retriever) == expected


async def test_a_chunk_is_found_by_an_embedding(client: MistralCore) -> None:
    """The sandbox computes its vector in the same way."""
    embedded = await embeddings_create(client, model="mistral-embed", input="The moon is grey.")
    vector: Any = embedded.unwrap().data[0].embedding
    result = await beta_context_search_indexes_search(
        client, "docs", retriever=NearestNeighbourRetriever(query_embedding=vector, top_k=1)
    )
    (hit,) = result.unwrap().hits
    assert not isinstance(hit, Unknown)
    assert hit.chunk is not None
    assert (hit.chunk.id, hit.chunk.source_id, hit.index_name) == ("moon:0", "moon", "docs")
    assert hit.chunk.metadata == {"source_id": "moon", "date": DOCUMENTS[2]["date"], "page": 1}
    assert hit.distance == pytest.approx(0)
    assert hit.score == pytest.approx(1)


AFTER = Range(field="date", gte=datetime(2024, 5, 1, tzinfo=UTC))

CONDITIONS: list[tuple[Any, set[str]]] = [
    (Equal(field="year", value=1999), {"sea"}),
    (Equal(field="year", value="1999"), set()),
    (In(field="id", values=["sky", "moon", 3]), {"sky"}),
    (Range(field="year", gt=1999), {"sky"}),
    (Range(field="year", gte=1999, lt=2005), {"sea"}),
    (Range(field="year", lte=2005), {"sea", "sky"}),
    (Range(field="year", gt=0.5), {"sea", "sky"}),
    (AFTER, {"moon"}),
    (Range(field="id", gt=datetime(2024, 5, 1, tzinfo=UTC)), set()),
    (Not(match=Equal(field="id", value="sea")), {"sky", "moon"}),
    (Or(matches=[Equal(field="id", value="sea"), AFTER]), {"sea", "moon"}),
    (And(matches=[Equal(field="id", value="sea"), AFTER]), set()),
    ({"type": "equal", "field": "page", "value": 2}, set()),
]


@pytest.mark.parametrize(("condition", "expected"), CONDITIONS)
async def test_a_filter_is_a_condition_on_fields(
    client: MistralCore, condition: Any, expected: set[str]
) -> None:
    """Of the document or the chunk. Values that cannot be compared do not match."""
    retriever = KeywordRetriever(query="the is", filter=condition)
    assert {each.partition(":")[0] for each in await search(client, retriever)} == expected


@pytest.mark.parametrize(
    ("retriever", "message"),
    [
        (NearestNeighbourRetriever(), "Either `query` or `query_embedding` is required"),
        (KeywordRetriever(query="is", filter=Range(field="year")), "at least one bound"),
        (
            RRFRetriever(retrievers=[KeywordRetriever(query="is")], weights=[1.0, 2.0]),
            "one weight for each retriever",
        ),
    ],
)
async def test_an_incomplete_search_is_refused(
    client: MistralCore, retriever: Any, message: str
) -> None:
    """The error names what is missing."""
    result = await beta_context_search_indexes_search(client, "docs", retriever=retriever)
    assert isinstance(result, Err)
    assert message in str(result.error)


# ---------------------------------------------------------------------------------- reading sources


async def test_a_source_is_read_in_order(client: MistralCore) -> None:
    """Completely, or within bounds."""
    complete = (await beta_context_search_indexes_read(client, "docs", source_id="sea")).unwrap()
    assert ids(complete) == ["sea:0", "sea:1"]
    texts = [each.content for each in complete.chunks if not isinstance(each, Unknown)]
    assert texts == SEA.split("\n\n")
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"start_offset": 1}, ["sea:1"]),
        ({"end_offset": 20}, ["sea:0"]),
        ({"start_offset": 1, "end_offset": 20}, []),
        ({"top_k": 1}, ["sea:0"]),
    ]
    for bounds, expected in cases:
        part = await beta_context_search_indexes_read(client, "docs", source_id="sea", **bounds)
        assert ids(part.unwrap()) == expected


async def test_a_source_is_read_around_a_position(client: MistralCore) -> None:
    """Forwards and backwards."""
    for direction, expected in (("next", ["sea:1"]), ("previous", ["sea:0"])):
        page = await beta_context_search_indexes_navigate(
            client, "docs", source_id="sea", start_offset=17, end_offset=17, direction=direction
        )
        assert ids(page.unwrap()) == expected
    wrong = await beta_context_search_indexes_navigate(
        client, "docs", source_id="sea", start_offset=0, end_offset=0, direction="up"
    )
    assert wrong.call.status == 422


@pytest.mark.parametrize(
    ("pattern", "mode", "expected"),
    [
        ("CROSS the", None, ["sea:1"]),
        ("port ships", "phrase", []),
        ("port ships", "term", ["sea:1"]),
        ("sea", None, ["sea:0", "sea:1"]),
    ],
)
async def test_text_is_found_in_a_source(
    client: MistralCore, pattern: str, mode: str | None, expected: list[str]
) -> None:
    """As a phrase, or as a set of words."""
    result = await beta_context_search_indexes_grep(
        client, "docs", source_id="sea", pattern=pattern, mode=mode
    )
    assert ids(result.unwrap()) == expected


async def test_unknown_objects_are_refused(client: MistralCore) -> None:
    """A source, a kind of chunk, a chunk, an index, and an unknown mode."""
    read = beta_context_search_indexes_read
    assert (await read(client, "docs", source_id="nope")).call.status == 404
    assert (await read(client, "docs", source_id="sea", content_type="x")).call.status == 404
    assert (await read(client, "nope", source_id="sea")).call.status == 404
    assert (await beta_context_search_indexes_get_chunk(client, "docs", "x")).call.status == 404
    grep = await beta_context_search_indexes_grep(
        client, "docs", source_id="sea", pattern="", mode="regex"
    )
    assert grep.call.status == 422
    chunk = (await beta_context_search_indexes_get_chunk(client, "docs", "sea:1")).unwrap()
    assert ids(chunk) == ["sea:1"]


# ---------------------------------------------------------------------------------------- documents


async def test_documents_are_accepted_or_rejected_individually() -> None:
    """With the reason. A repeated ID replaces the document."""
    client = MistralCore(transport=Sandbox())
    schema = ManagedIndexFields(document_fields={"title": TextFieldDefinition(required=True)})
    await beta_context_search_indexes_create(client, name="docs", config=CONFIG, schema=schema)
    await beta_context_search_indexes_get(client, "docs")
    documents: list[dict[str, Any]] = [
        {"title": "t", "content": "one\n\ntwo"},
        {"content": "one"},
        {"title": "t", "content": " ", "chunks": [{"content": 1}, "x"]},
        {"title": "t", "content": "new words", "id": "a"},
        {"title": "t", "content": "other words", "id": "a"},
    ]
    response = (
        await beta_context_search_indexes_ingest_documents(client, "docs", documents=documents)
    ).unwrap()
    assert (response.accepted, response.rejected) == (3, 2)
    assert [each.position for each in response.results if not isinstance(each, Unknown)] == [
        *range(5)
    ]
    assert response.results[0].chunk_count == 2  # type: ignore[union-attr]
    assert [each.errors[0].location for each in response.results[1:3]] == [  # type: ignore[union-attr]
        ["title"],
        ["content"],
    ]
    assert await search(client, KeywordRetriever(query="new words")) == ["a:0"]
    deleted = await beta_context_search_indexes_delete_documents(
        client, "docs", document_ids=["a", "b"]
    )
    assert deleted.unwrap().deleted_document_ids == ["a"]
    assert deleted.unwrap().missing == ["b"]
    assert await search(client, KeywordRetriever(query="words")) == []


# ------------------------------------------------------------------------------------------ indexes


@pytest.mark.parametrize(("doomed", "end"), [(False, "ready"), (True, "failed")])
async def test_the_life_of_an_index(end: str, *, doomed: bool) -> None:
    """It is provisioned, used when it is ready, and removed some time after its deletion."""
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox)
    created = await beta_context_search_indexes_create(client, name="docs", config=CONFIG)
    assert created.unwrap().config == CONFIG
    again = await beta_context_search_indexes_create(client, name="docs", config=CONFIG)
    early = await beta_context_search_indexes_ingest_documents(client, "docs", documents=[])
    assert (again.call.status, early.call.status) == (409, 409)
    sandbox.state.indexes["docs"].doomed = doomed
    get = beta_context_search_indexes_get
    statuses = [(await get(client, "docs")).unwrap().status for _ in range(3)]
    assert statuses == ["provisioning", end, end]
    gone = (await beta_context_search_indexes_delete(client, "docs")).unwrap()
    assert gone.status == "deleting"
    sandbox.advance()
    assert (await get(client, "docs")).call.status == 404


async def test_fields_can_only_be_added(client: MistralCore) -> None:
    """Removing one would lose data of documents."""
    update = beta_context_search_indexes_update
    one = ManagedIndexFields(document_fields={"one": TextFieldDefinition()})
    both = ManagedIndexFields(
        document_fields={"one": TextFieldDefinition(), "two": TextFieldDefinition()}
    )
    for schema in (one, both):
        assert (await update(client, "docs", schema=schema)).unwrap().schema == schema
    assert (await update(client, "docs", schema=one)).call.status == 422


async def test_indexes_are_listed(client: MistralCore) -> None:
    """On several pages, or filtered."""
    await beta_context_search_indexes_create(client, name="More", config=CONFIG)

    async def names(**filters: Any) -> list[str | None]:
        listed = paginate(beta_context_search_indexes_list, client, page_size=1, **filters)
        indexes = [each.unwrap() async for each in listed]
        return [each.name for each in indexes if isinstance(each, ManagedIndexResponse)]

    assert await names(status="provisioning") == ["More"]
    assert await names() == ["More", "docs"]
    assert await names(name="mo") == ["More"]
    assert await names(creator_id="nobody") == []


async def test_an_index_has_a_summary_in_each_language(client: MistralCore) -> None:
    """Written by hand or generated. It is generated again only on request."""
    get = beta_context_search_indexes_get_index_summary
    assert (await get(client, "docs", "en")).call.status == 404

    async def generated(*, force: bool) -> list[Any]:
        stream = await beta_context_search_indexes_generate_index_summary(
            client, "docs", "en", force=force
        )
        async with stream.unwrap() as parts:
            return [each.unwrap() async for each in parts]

    first, *chunks = await generated(force=False)
    assert first == SummaryMetadata(status="generated", translated=False)
    assert [each.content for each in chunks if isinstance(each, SummaryChunk)] == [
        "The sea is blue.\n",
        "The sky is blue and the sun is bright.\n",
        "The moon is grey.",
    ]
    await beta_context_search_indexes_set_index_summary(
        client, "docs", "en", content="Nature.", status="handwritten", translated=False
    )
    summary = (await get(client, "docs", "en")).unwrap()
    assert (summary.content, summary.status) == ("Nature.", "handwritten")
    assert (await generated(force=False))[1:] == [SummaryChunk(content="Nature.")]
    assert len(await generated(force=True)) == 4
