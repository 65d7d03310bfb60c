r"""Operations: how they are named, and what each group does.

An operation is a coroutine function. The client comes first, IDs follow, and all other arguments
are keywords with the names of the API. `options=` is always last. A name is the path of the
resource and a verb: `beta_conversations_start`, in the module
`mistral_funcs.beta.conversations.start`.

```python
import inspect

from mistral_core import operation_of
from mistral_funcs import models_retrieve

print(operation_of(models_retrieve).method, operation_of(models_retrieve).path)
print([*inspect.signature(models_retrieve).parameters])
```

```text
GET /v1/models/{model_id}
['client', 'model_id', 'options']
```

| functions | operations | what they do |
|---|---|---|
| `agents_*` | 2 | Complete chats with agents. |
| `audio_*` | 21 | Generate speech, transcribe recordings, and manage voices. |
| `batch_*` | 5 | Send many requests in the background. |
| `beta_*` | 192 | Use operations that are in beta. |
| `chat_*` | 2 | Complete chats with a model. |
| `classifiers_*` | 4 | Moderate and classify texts and chats. |
| `embeddings_*` | 1 | Create embeddings of texts. |
| `events_*` | 2 | The same operations as `workflows_events_*`. |
| `files_*` | 6 | Upload, list, download and delete files. |
| `fim_*` | 2 | Complete code between a prefix and a suffix. |
| `fine_tuning_*` | 5 | Fine-tune models. |
| `models_*` | 6 | List models, and update, archive and delete fine-tuned ones. |
| `ocr_*` | 1 | Extract text from documents and images. |
| `realtime_*` | 1 | Let browsers and apps use the realtime API. |
| `responses_*` | 3 | Create responses in OpenAI's format. |
| `workflows_*` | 56 | Execute, list, change and archive workflows. |
| in total | 309 | `mistral-funcs --help` lists them; the API reference has a table of all. |


"""
