"""The first and the last day of the expressions that the invented articles use."""

from __future__ import annotations

import calendar
import datetime as dt


def bounds(text: str) -> dict[str, dt.date]:
    """Return `earliest` and `latest` of a year, a month or a day in EDTF; nothing for an unknown year."""
    if text.startswith("X"):
        return {}
    year, month, day = (int(part) if part else 0 for part in f"{text}--".split("-")[:3])
    first = dt.date(year, month or 1, day or 1)
    last_month = month or 12
    last = dt.date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    return {"earliest": first, "latest": last}
