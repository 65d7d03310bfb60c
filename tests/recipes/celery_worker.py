"""A Celery worker whose task calls the API: an event loop per task, one client for all.

`MistralCore(limits=Limits(Limit(...), account=RedisAccount(url)))` has all workers share limits.
"""

import asyncio

from celery import Celery, Task

from mistral_core import Err, MistralCore, MistralError, Ok
from mistral_funcs import chat_complete

app = Celery("mistral")  # The environment sets the message broker: CELERY_BROKER_URL, ...
client = MistralCore()  # It opens no connection before its first call, so none before a fork.


@app.task(bind=True, max_retries=3, default_retry_delay=1, throws=(MistralError,))
def answer(self: "Task[[str], str]", question: str) -> str:
    """Answer a question. Temporary failures are put back into the queue."""
    messages = [{"role": "user", "content": question}]
    match asyncio.run(chat_complete(client, model="mistral-large-latest", messages=messages)):
        case Ok(completion):
            return completion.text
        case Err(error) if error.retryable:
            raise self.retry(exc=error)
        case Err(error):
            raise error
