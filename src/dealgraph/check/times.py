"""Time spans against their EDTF expressions: the days that bound them follow from the expression alone.

Source: Extended Date/Time Format (EDTF) Specification, Library of Congress, 2019.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from dealgraph.check.findings import Breach
from dealgraph.check.layers import Facets, Layers, Outcome, Rule, Term, described_by, text
from dealgraph.errors import CannotCheck

_PLAIN: Final = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_YEARLESS: Final = re.compile(r"XXXX-(?:0[1-9]|1[0-2])")
_MONTHS: Final = 12
_OPEN: Final = ("", "..")
_YEARS: Final = range(dt.MINYEAR, dt.MAXYEAR + 1)
_BOUNDS: Final = ("earliest", "latest")


def bounds(expression: str) -> tuple[str, str]:
    """Return the first and the last day that an EDTF expression allows, in ISO 8601.

    A side is empty where the expression leaves it open or unknown, or gives no year (`XXXX-07-15`). Raises
    `ValueError` for text that is not EDTF, `CannotCheck` for an expression whose days cannot be worked out.
    """
    if not _is_edtf(expression):
        raise ValueError(f"not EDTF: {expression}")
    first, _, last = expression.partition("/")
    return _day(first, "lower_strict"), _day(last if "/" in expression else first, "upper_strict")


def _expression_is_edtf(rule: Rule, layers: Layers) -> Outcome:
    spans = _spans(layers)
    breaches = (
        rule.breach(span, "dg:edtf", said["edtf"])
        for span, said in spans.items()
        if not _is_edtf(text(said["edtf"]))
    )
    return Outcome(len(spans), tuple(breaches))


def _span_matches_its_expression(rule: Rule, layers: Layers) -> Outcome:
    spans = {span: said for span, said in _spans(layers).items() if _is_edtf(text(said["edtf"]))}
    breaches = (
        _mismatch(rule.breach(span, f"dg:{name}", said["edtf"]), text(said.get(name)), day)
        for span, said in spans.items()
        for name, day in zip(_BOUNDS, bounds(text(said["edtf"])), strict=True)
        if text(said.get(name)) != day
    )
    return Outcome(len(spans), tuple(breaches))


def _mismatch(breach: Breach, found: str, day: str) -> Breach:
    """Tell the day that an expression gives, or that it gives none."""
    english, french = (f"the day {day}", f"le jour {day}") if day else ("no day", "aucun jour")
    return replace(
        breach,
        value=found,
        message_en=breach.message_en.format(breach.value, english),
        message_fr=breach.message_fr.format(breach.value, french),
    )


def _spans(layers: Layers) -> Mapping[Term, Facets]:
    """Return the expression and the bounds of every time span that has an expression."""
    spans = described_by(layers.data, ("edtf", *_BOUNDS))
    return {span: said for span, said in spans.items() if "edtf" in said}


@lru_cache(maxsize=4096)
def _is_edtf(expression: str) -> bool:
    # The library takes long to start.
    if _YEARLESS.fullmatch(expression) or all(_plain(side) for side in expression.split("/", 1)):
        return True
    from edtf import is_valid_edtf

    return bool(is_valid_edtf(expression))


def _plain(side: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of a plain year, month or day; the library takes long for these."""
    if not _PLAIN.fullmatch(side):
        return None
    parts = [int(part) for part in side.split("-")]
    try:
        year, month, day = (*parts, 0, 0)[:3]
        first = dt.date(year, month or 1, day or 1)
        last_month = month or _MONTHS
        return first, first if day else dt.date(year, last_month, monthrange(year, last_month)[1])
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _day(side: str, bound: str) -> str:
    """Return the bound of one side of an expression; the library would guess at an unknown one."""
    if side in _OPEN or side.startswith("XXXX"):
        return ""
    if plain := _plain(side):
        return plain[bound == "upper_strict"].isoformat()
    from edtf import parse_edtf

    try:
        day = getattr(parse_edtf(side), bound)()
    except ValueError:
        raise CannotCheck(
            f"the days of the EDTF expression {side} cannot be worked out",
            where="dg:edtf",
            fix="Write a simpler expression",
        ) from None
    if isinstance(day, float) or day.tm_year not in _YEARS:
        return ""
    return dt.date(day.tm_year, day.tm_mon, day.tm_mday).isoformat()


RULES: Final = (
    Rule(
        "rule:ExpressionIsEdtf",
        "This is not an EDTF expression: write 2025, 2025-06, 2025-06-13, XXXX-06 or ../2025-06-13.",
        "Ce n'est pas une expression EDTF : écrire 2025, 2025-06, 2025-06-13, XXXX-06 ou ../2025-06-13.",
        _expression_is_edtf,
    ),
    Rule(
        "rule:TimeSpanMatchesItsExpression",
        "The expression {} gives {} here: correct this bound, or the expression.",
        "L'expression {} donne ici {} : corriger cette borne, ou l'expression.",
        _span_matches_its_expression,
    ),
)
