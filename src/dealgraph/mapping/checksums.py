"""The check characters of identifiers: what the last characters must be, worked out from the others."""

from __future__ import annotations

from typing import Final

_CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"


def lei(body: str) -> str:
    """Return the two check digits for the first 18 characters of a LEI (ISO 17442, ISO 7064 MOD 97-10)."""
    number = int("".join(str(int(character, 36)) for character in f"{body}00"))
    return f"{98 - number % 97:02d}"


def isni(body: str) -> str:
    """Return the check character for the first 15 digits of an ISNI (ISO 27729, ISO 7064 MOD 11-2)."""
    total = 0
    for digit in body:
        total = (total + int(digit)) * 2
    value = (12 - total % 11) % 11
    return "X" if value == 10 else str(value)


def ror(body: str) -> str:
    """Return the two check digits for the first 7 characters of a ROR id (Crockford's base 32, MOD 97-10)."""
    number = 0
    for character in body:
        number = number * 32 + _CROCKFORD.index(character)
    return f"{98 - number * 100 % 97:02d}"
