"""Whether the text of a literal fits its datatype, as a SPARQL expression.

Source: SHACL, 4.1.2, asks it for the datatypes of SPARQL 1.1 (17.1 Operand Data Types); dates, times,
durations and hexBinary are looked at too. XML Schema 1.1, part 2, has the lexical forms and ranges.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from dealgraph.shacl.pattern import TRUE, surely
from dealgraph.terms import iri

_DECIMAL: Final = r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)"
_FLOAT: Final = rf"{_DECIMAL}([eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_FORMS: Final = {
    "boolean": "true|false|0|1",
    "decimal": _DECIMAL,
    "double": _FLOAT,
    "float": _FLOAT,
    "hexBinary": "([0-9a-fA-F]{2})*",
}
# Oxigraph's casts know leap years and time zones.
_CASTS: Final = frozenset({"date", "dateTime", "dayTimeDuration", "duration", "time", "yearMonthDuration"})
_RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_XSD: Final = iri("xsd:")


def is_of(value: str, datatype: NamedNode) -> str:
    """Return the expression that a term is a literal of a datatype and its text fits it."""
    same = surely(f"DATATYPE({value}) = {datatype}")
    form = (
        _form(f"STR({value})", datatype.value.removeprefix(_XSD)) if datatype.value.startswith(_XSD) else TRUE
    )
    return same if form == TRUE else f"IF({same}, {surely(form)}, false)"


def _form(text: str, name: str) -> str:
    if name in _CASTS:
        return f"isLiteral(<{_XSD}{name}>({text}))"
    if name in _FORMS:
        return _matches(text, _FORMS[name])
    if name not in _RANGES:
        return TRUE
    low, high = _RANGES[name]
    number = f"<{_XSD}decimal>({text})"
    bounds = [f"{number} >= {low}"] if low is not None else []
    bounds += [f"{number} <= {high}"] if high is not None else []
    return " && ".join([_matches(text, "[+-]?[0-9]+"), *bounds])


def _matches(text: str, form: str) -> str:
    return f"REGEX({text}, {Literal(f'^({form})$')})"
