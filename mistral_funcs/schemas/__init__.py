"""The schemas of the Mistral API, imported lazily.

The modules follow the API's tree. Schemas used by several resources are in `schemas/shared`.
"""

from mistral_core.runtime.lazy import lazy_exports
from mistral_funcs.schemas._index import SCHEMAS

__getattr__, __dir__, __all__ = lazy_exports(__name__, SCHEMAS)
