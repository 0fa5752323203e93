"""From which row on a page shows its list."""

from __future__ import annotations

from dealgraph.errors import WrongUsage
from dealgraph.web import Call


def first_of(call: Call) -> int:
    """Return the number of the first row that a call wants, from 0; raises `WrongUsage` for what is none."""
    given = call.first("offset").strip() or "0"
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise WrongUsage(f"'{given}' is not the number of a row", where="offset", fix="Give 0, 50, 100 …")
    return int(given)
