"""The values of `xsd:dateTime`: seven properties each, the time zone among them.

The same instant in two time zones is equal in time and yet two values: identity is what OWL asks
for. Source: XML Schema Datatypes 1.1, section 3.3.7.
"""

from __future__ import annotations

import re
from typing import Final

Moment = tuple[int, int, int, int, int, str, int | None]

_FORM: Final = re.compile(
    r"(?P<year>-?(?:[1-9][0-9]{3,17}|0[0-9]{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
    r"T(?:(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9](?:\.[0-9]+)?)"
    r"|24:00:00(?:\.0+)?)"
    r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
)


def moment(text: str) -> Moment | None:
    """Read the lexical form of an `xsd:dateTime`, or return `None` if it is not one.

    Returns year, month, day, hour, minute, seconds (digits without idle zeros) and the offset of the
    time zone in minutes, `None` without one. Midnight at the end of a day is that of the next day.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    if day > _days(year, month):
        return None
    zone = _minutes(found["zone"])
    if found["hour"] is None:
        return (*_next_day(year, month, day), 0, 0, "0", zone)
    return (year, month, day, int(found["hour"]), int(found["minute"]), _seconds(found["second"]), zone)


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _next_day(year: int, month: int, day: int) -> tuple[int, int, int]:
    if day < _days(year, month):
        return year, month, day + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def _seconds(text: str) -> str:
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def _minutes(zone: str | None) -> int | None:
    if zone is None or zone == "Z":
        return None if zone is None else 0
    minutes = 60 * int(zone[1:3]) + int(zone[4:])
    return -minutes if zone[0] == "-" else minutes
