"""The Mistral API: a coroutine function for each operation, imported on first use.

The path of an operation is its name: `models_list` is in `mistral_funcs/models/list.py`,
`fine_tuning_jobs_start` in `mistral_funcs/fine_tuning/jobs/start.py`. Functions that combine
operations, such as `paginate`, are in `mistral_funcs/toolkit`.
"""

from mistral_core.runtime.lazy import lazy_exports
from mistral_funcs._index import OPERATIONS, TOOLKIT

__getattr__, __dir__, __all__ = lazy_exports(
    __name__, {**{name: row[0] for name, row in OPERATIONS.items()}, **TOOLKIT}
)
