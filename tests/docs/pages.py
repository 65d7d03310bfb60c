"""The pages of the API reference, and what stands on each: what users import from there."""

from collections.abc import Mapping

import mistral_core
import mistral_funcs
from mistral_funcs import schemas

PAGES: Mapping[str, Mapping[str, str]] = {
    "mistral_core": mistral_core.MENU,
    "mistral_core.testing": {"": "ScriptedTransport Answer json_response stream_response"},
    "mistral_funcs": mistral_funcs.OPERATIONS | mistral_funcs.CONVENIENCES,
    "mistral_funcs.schemas": schemas.MENU,
    "mistral_funcs.sandbox": {
        "api": "Sandbox",
        "state": "State StoredFile TuningJob BatchWork StoredVoice",
    },
    "mistral_funcs.pytest_plugin": {"": "mistral_sandbox mistral_client"},
}
"""Each page, with the modules below its own that its names are from."""

PAGE_OF = {
    name: page for page, menu in PAGES.items() for names in menu.values() for name in names.split()
}
"""Each name, with its page."""
