"""Which program this is: other code may make other content of the same files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from dealgraph import __version__


@lru_cache(maxsize=1)
def program() -> str:
    """Return the version with a digest of the code; reach for it to tell whether a snapshot is up to date."""
    package = Path(__file__).parent
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(package.rglob("*.py"))))
    return f"{__version__}+{code.hexdigest()[:12]}"
