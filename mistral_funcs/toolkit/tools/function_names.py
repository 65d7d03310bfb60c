"""The names of functions that the API accepts."""

import re
from typing import Final

MAX_LENGTH: Final = 64

ACCEPTED = re.compile(rf"[a-zA-Z0-9_-]{{1,{MAX_LENGTH}}}")
REFUSED = re.compile(r"[^a-zA-Z0-9_-]")
"""A character that no name may have."""
