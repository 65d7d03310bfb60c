"""The schemas of the Mistral API under its own names, imported when they are first used.

They are in modules along the API's tree; those that two topics use are in `schemas/shared`.
"""

from mistral_core.runtime.lazy import lazy_exports
from mistral_funcs.schemas._index import SCHEMAS

__getattr__, __dir__, __all__ = lazy_exports(__name__, SCHEMAS)
