"""The Mistral API: one coroutine function an operation, each loaded when it is asked for.

A row is a resource with its verbs: `models` and `list` make `models_list`, which is to be found
in `mistral_funcs/models/list.py`.
"""

from typing import TYPE_CHECKING

from mistral_core.lazy import lazy_exports

MENU = {
    "models": "list retrieve delete update archive unarchive",
}

if TYPE_CHECKING:
    from mistral_funcs.models.archive import models_archive as models_archive
    from mistral_funcs.models.delete import models_delete as models_delete
    from mistral_funcs.models.list import models_list as models_list
    from mistral_funcs.models.retrieve import models_retrieve as models_retrieve
    from mistral_funcs.models.unarchive import models_unarchive as models_unarchive
    from mistral_funcs.models.update import models_update as models_update
else:
    __getattr__, __dir__, __all__ = lazy_exports(
        __name__,
        {
            f"{resource}_{verb}": f"{__name__}.{resource}.{verb}"
            for resource, verbs in MENU.items()
            for verb in verbs.split()
        },
    )
