r"""Libraries and search indexes: documents that agents read, and search over them.

`upload_folder` uploads all files of a folder to a library, a few at a time, and yields one
`DocumentUpload` for each. `beta_libraries_documents_wait` waits until a document is processed and
can be found by searches:

```python
import asyncio
from pathlib import Path

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import (
    beta_libraries_create,
    beta_libraries_documents_list,
    beta_libraries_documents_wait,
    upload_folder,
)


async def main() -> None:
    Path("manuals").mkdir(exist_ok=True)
    Path("manuals/pump.md").write_text("The pump has two valves.")
    async with MistralCore() as client:
        library = (await beta_libraries_create(client, name="Manuals")).unwrap()
        async for item in upload_folder(client, library.id, "manuals", journal="manuals.journal"):
            match item:
                case Ok(upload):
                    print(upload.path, upload.result)
                    if isinstance(upload.result, Ok):
                        document_id = upload.result.value.id
                        await beta_libraries_documents_wait(
                            client, library.id, document_id, interval=1
                        )
                case Err(error):
                    print(f"{error} Run it again with the same journal to resume.")

        found = await beta_libraries_documents_list(client, library.id, search="valves")
        print(found.unwrap().data)


asyncio.run(main())
```

To resume after a crash, call `upload_folder` again with the same journal: no file is sent twice. An
upload whose response was lost is not repeated until the server has reported that the document did
not arrive. Hidden files are left out; links out of the folder, empty files and files that change
during the upload are an `Err`. `help(upload_folder)` lists all rules.

`beta_libraries_documents_watch` yields each state of a document until it is processed. A failed
document ends the wait: check its `process_status`. `deadline` limits the wait.

`paginate(beta_libraries_documents_list, client, library_id)` yields all documents.
`beta_libraries_documents_upload` takes everything that `files_upload` takes.

To search documents yourself, without an agent, create a search index:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import (
    beta_context_search_indexes_create,
    beta_context_search_indexes_get,
    beta_context_search_indexes_ingest_documents,
    beta_context_search_indexes_search,
)
from mistral_funcs.schemas import (
    KeywordRetriever,
    ManagedIndexConfig,
    MistralEmbeddingModel,
    SearchHitResponse,
)


async def main() -> None:
    async with MistralCore() as client:
        model = MistralEmbeddingModel(name="mistral-embed", dimensions=1024)
        config = ManagedIndexConfig(embedding=model)
        created = await beta_context_search_indexes_create(client, name="docs", config=config)
        index = created.unwrap()
        while index.status == "provisioning":
            await asyncio.sleep(1)
            index = (await beta_context_search_indexes_get(client, "docs")).unwrap()
        documents = [{"id": "pump", "content": "The pump has two valves."}]
        await beta_context_search_indexes_ingest_documents(client, "docs", documents=documents)
        retriever = KeywordRetriever(query="valves")
        found = await beta_context_search_indexes_search(client, "docs", retriever=retriever)
        for hit in found.unwrap().hits:
            if isinstance(hit, SearchHitResponse):
                print(hit.score, hit.chunk)


asyncio.run(main())
```

Filters (`And`, `Or`, `Not`, `Equal`, `In`, `Range`) restrict a search, and `RRFRetriever` merges
the results of several retrievers.
"""
