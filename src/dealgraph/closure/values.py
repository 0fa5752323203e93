"""The datatype map of OWL 2 RL: which value a literal has, and which datatypes hold it.

Two literals are the same individual exactly when their values are identical, so `"1"^^xsd:int` is
`"01.0"^^xsd:decimal` and is not `"1"^^xsd:double`: the value spaces of numbers, floats and doubles
are disjoint. Sources: OWL 2 Structural Specification, section 4; XML Schema Datatypes 1.1.
"""

from __future__ import annotations

import re
import struct
from binascii import Error, a2b_base64
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from dealgraph.closure.moments import moment

Bounds = tuple[int | None, int | None]


class Value(NamedTuple):
    """A data value: two literals are identical exactly when their values are equal.

    `space` names the primitive value space; `key` tells values of one space apart.
    """

    space: str
    key: object


ILL_TYPED: Final = Value("", None)
"""What a literal has whose lexical form its datatype does not allow."""

_INTEGERS: Final[Mapping[str, Bounds]] = {
    "xsd:integer": (None, None),
    "xsd:nonNegativeInteger": (0, None),
    "xsd:nonPositiveInteger": (None, 0),
    "xsd:positiveInteger": (1, None),
    "xsd:negativeInteger": (None, -1),
    "xsd:long": (-(2**63), 2**63 - 1),
    "xsd:int": (-(2**31), 2**31 - 1),
    "xsd:short": (-(2**15), 2**15 - 1),
    "xsd:byte": (-(2**7), 2**7 - 1),
    "xsd:unsignedLong": (0, 2**64 - 1),
    "xsd:unsignedInt": (0, 2**32 - 1),
    "xsd:unsignedShort": (0, 2**16 - 1),
    "xsd:unsignedByte": (0, 2**8 - 1),
}

_START: Final = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART: Final = _START + "0-9.\xb7\u0300-\u036f\u203f\u2040-"

# As texts: those of names take long to compile, and are hardly ever asked for.
_STRINGS: Final[Mapping[str, str]] = {
    "xsd:string": r"(?s).*",
    "xsd:normalizedString": r"[^\t\n\r]*",
    "xsd:token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "xsd:language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "xsd:Name": f"[:{_START}][:{_PART}]*",
    "xsd:NCName": f"[{_START}][{_PART}]*",
    "xsd:NMTOKEN": f"[:{_PART}]+",
}

_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_FLOATING: Final = re.compile(r"[+-]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|INF)|NaN")
_HEX: Final = re.compile(r"(?:[0-9a-fA-F]{2})*")
_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/] ?)*(?:= ?){0,2}")
_TAG: Final = re.compile(r"(?:[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*)?")

# Further than any bound of a datatype: stands for integers too long to convert.
_FAR: Final = 10**30
_LONGEST: Final = 30


def value_of(text: str, datatype: str, language: str | None) -> Value | None:
    """Find the value of a literal from its lexical form, compact datatype and language tag.

    Returns `ILL_TYPED` if the datatype does not allow the lexical form, and `None` if the datatype is
    not one of OWL 2 RL, so that nothing is known of the value.
    """
    if language:
        return Value("tagged", (text, language.lower()))
    read = _READERS.get(datatype)
    if read is None:
        return None
    value = read(text)
    return value if value is not None and holds(datatype, value) else ILL_TYPED


def holds(datatype: str, value: Value) -> bool:
    """Tell whether a value is in the value space of a datatype of OWL 2 RL, both well-formed."""
    space, key = value
    if datatype in _INTEGERS:
        return space == "number" and _within(str(key), _INTEGERS[datatype])
    if datatype in _STRINGS:
        return space == "string" and re.fullmatch(_STRINGS[datatype], str(key)) is not None
    if datatype == "xsd:dateTimeStamp":
        return space == "moment" and isinstance(key, tuple) and key[-1] is not None
    return datatype == "rdfs:Literal" or space in _SPACES[datatype]


def surely_differ(one: Value | None, other: Value | None) -> bool:
    """Tell whether two values are known to be different ones; the rule dt-diff rests on it."""
    if one is None or other is None or ILL_TYPED in (one, other):
        return False
    if one.space == other.space == "xml":
        return _canonical_forms_differ(str(one.key), str(other.key))
    return one != other


def _within(number: str, bounds: Bounds) -> bool:
    if "." in number:
        return False
    sign = -1 if number.startswith("-") else 1
    size = int(number) if len(number) <= _LONGEST else sign * _FAR
    low, high = bounds
    return (low is None or low <= size) and (high is None or size <= high)


def _decimal(text: str) -> Value | None:
    """Write a decimal in the one shortest way, without converting: digits may be very many."""
    if not _DECIMAL.fullmatch(text):
        return None
    whole, _, part = text.lstrip("+-").partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    digits = f"{whole}.{part}" if part else whole
    return Value("number", f"-{digits}" if text[0] == "-" and digits != "0" else digits)


def _integer(text: str) -> Value | None:
    return _decimal(text) if _INTEGER.fullmatch(text) else None


def _double(text: str) -> Value | None:
    return Value("double", repr(float(text))) if _FLOATING.fullmatch(text) else None


def _float(text: str) -> Value | None:
    if not _FLOATING.fullmatch(text):
        return None
    number = float(text)
    try:
        (number,) = struct.unpack("f", struct.pack("f", number))
    except OverflowError:
        number = float("-inf" if number < 0 else "inf")
    return Value("float", repr(number))


def _boolean(text: str) -> Value | None:
    known = {"true": True, "1": True, "false": False, "0": False}
    return Value("boolean", known[text]) if text in known else None


def _hex(text: str) -> Value | None:
    return Value("hex", text.upper()) if _HEX.fullmatch(text) else None


def _base64(text: str) -> Value | None:
    if not _BASE64.fullmatch(text):
        return None
    try:
        return Value("base64", a2b_base64(text.replace(" ", ""), strict_mode=True))
    except Error:
        return None


def _plain(text: str) -> Value | None:
    """`rdf:PlainLiteral` writes the language after the last `@`, or nothing for a string.

    Source: rdf:PlainLiteral (Second Edition), section 2: what stands there is a tag as RFC 4646 writes it.
    """
    body, sign, language = text.rpartition("@")
    if not sign or not _TAG.fullmatch(language):
        return None
    return Value("tagged", (body, language.lower())) if language else Value("string", body)


def _xml(text: str) -> Value | None:
    try:
        ParserCreate().Parse(f"<x>{text}</x>", True)
    except ExpatError:
        return None
    return Value("xml", text)


def _canonical_forms_differ(one: str, other: str) -> bool:
    """Tell whether two fragments of XML are different trees: then their canonical forms differ.

    The reverse is not asked: one canonical form may stand for two trees, as it leaves out what a name
    needs not. A fragment with a prefix that it does not declare has none.
    """
    from xml.etree.ElementTree import ParseError, canonicalize

    try:
        forms = [canonicalize(f"<x>{text}</x>", with_comments=True) for text in (one, other)]
    except ParseError:
        return False
    return forms[0] != forms[1]


def _moment(text: str) -> Value | None:
    parts = moment(text)
    return Value("moment", parts) if parts else None


_READERS: Final[Mapping[str, Callable[[str], Value | None]]] = {
    **dict.fromkeys(_INTEGERS, _integer),
    **dict.fromkeys(_STRINGS, lambda text: Value("string", text)),
    "xsd:decimal": _decimal,
    "xsd:double": _double,
    "xsd:float": _float,
    "xsd:boolean": _boolean,
    "xsd:hexBinary": _hex,
    "xsd:base64Binary": _base64,
    "xsd:anyURI": lambda text: Value("uri", text),
    "xsd:dateTime": _moment,
    "xsd:dateTimeStamp": _moment,
    "rdf:PlainLiteral": _plain,
    "rdf:XMLLiteral": _xml,
}

_SPACES: Final[Mapping[str, tuple[str, ...]]] = {
    "rdf:PlainLiteral": ("string", "tagged"),
    "rdf:XMLLiteral": ("xml",),
    "xsd:decimal": ("number",),
    "xsd:double": ("double",),
    "xsd:float": ("float",),
    "xsd:boolean": ("boolean",),
    "xsd:hexBinary": ("hex",),
    "xsd:base64Binary": ("base64",),
    "xsd:anyURI": ("uri",),
    "xsd:dateTime": ("moment",),
}
