"""Places as they are compared: countries by code, US states by name, an address by the words in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from typing import Final

from dealgraph.link.entity import Place
from dealgraph.link.names import name_of

# United States Postal Service codes of the states and of the federal district.
_CODES: Final = (
    "AL=alabama AK=alaska AZ=arizona AR=arkansas CA=california CO=colorado CT=connecticut DE=delaware "
    "FL=florida GA=georgia HI=hawaii ID=idaho IL=illinois IN=indiana IA=iowa KS=kansas KY=kentucky "
    "LA=louisiana ME=maine MD=maryland MA=massachusetts MI=michigan MN=minnesota MS=mississippi "
    "MO=missouri MT=montana NE=nebraska NV=nevada NH=new_hampshire NJ=new_jersey NM=new_mexico "
    "NY=new_york NC=north_carolina ND=north_dakota OH=ohio OK=oklahoma OR=oregon PA=pennsylvania "
    "RI=rhode_island SC=south_carolina SD=south_dakota TN=tennessee TX=texas UT=utah VT=vermont "
    "VA=virginia WA=washington WV=west_virginia WI=wisconsin WY=wyoming DC=washington_dc"
)
_STATES: Final = dict(pair.split("=") for pair in _CODES.split())
_STATE_NAMES: Final = frozenset(name.replace("_", " ") for name in _STATES.values())
_MORE_COUNTRIES: Final = {
    "usa": "US",
    "united states of america": "US",
    "uk": "GB",
    "korea republic of": "KR",
    "republic of korea": "KR",
    "czechia": "CZ",
    "uae": "AE",
    "ivory coast": "CI",
    "democratic republic of congo": "CD",
    "republic of congo": "CG",
}
_SAME_REGION: Final = 85.0
_OTHER_REGION: Final = 60.0
_STATE_AND_CODE: Final = re.compile(r"\b([A-Z]{2})\s+\d{5}\b")
_STATE_AT_END: Final = re.compile(r",\s*([A-Z]{2})\s*$")


class Agreement(IntEnum):
    """How two places stand to each other, the least to the most alike."""

    CONTRADICT = -1
    UNKNOWN = 0
    COUNTRY = 1
    REGION = 2
    CITY = 3


@dataclass(frozen=True)
class Spot:
    """A place in the form that is compared: folded names, the country as an ISO 3166-1 code."""

    city: str = ""
    region: str = ""
    country: str = ""
    words: str = ""


@lru_cache(maxsize=200_000)
def spot_of(place: Place) -> Spot:
    """Bring a place into the form that is compared; a region that is a country counts as one."""
    region, country = state_name(place.region), country_code(place.country)
    if region and not country:
        if region in _STATE_NAMES:
            country = "US"
        elif code := country_code(region):
            region, country = "", code
    if place.text and not region and (state := _state_in(place.text)):
        region, country = state, country or "US"
    return Spot(name_of(place.city).full, region, country, name_of(place.text).full)


def state_name(text: str) -> str:
    """Return the folded name of a region; a US postal code becomes the name of the state."""
    return _STATES.get(text.strip().upper(), name_of(text).full).replace("_", " ")


@lru_cache(maxsize=10_000)
def country_code(text: str) -> str:
    """Return the ISO 3166-1 code of a country named in English or French, or by a code; else nothing."""
    bare = text.strip()
    if len(bare) == 2 and bare.isalpha():
        return bare.upper()
    return _countries().get(name_of(bare).full, "") if bare else ""


@cache
def _countries() -> dict[str, str]:
    from babel import Locale

    codes = {}
    for language in ("fr", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                codes[name_of(str(name)).full] = str(code)
    return codes | _MORE_COUNTRIES


def _state_in(text: str) -> str:
    for pattern in (_STATE_AND_CODE, _STATE_AT_END):
        for found in pattern.finditer(text):
            if found[1] in _STATES:
                return _STATES[found[1]].replace("_", " ")
    words = f" {name_of(text).full} "
    named = [state for state in _STATE_NAMES if f" {state} " in words and state != "washington"]
    return named[0] if len(named) == 1 else ""


def compare(one: Place, other: Place) -> Agreement:
    """Tell how far two places agree; what either leaves open does not count against it."""
    mine, theirs = spot_of(one), spot_of(other)
    if mine.country and theirs.country and mine.country != theirs.country:
        return Agreement.CONTRADICT
    regions = _alike(mine.region, theirs.region)
    if regions is False:
        return Agreement.CONTRADICT
    if _same_city(mine, theirs):
        return Agreement.CITY
    both_cities = bool(mine.city and (theirs.city or theirs.words))
    if regions or (mine.region and f" {mine.region} " in f" {theirs.words} "):
        return Agreement.COUNTRY if both_cities else Agreement.REGION
    if mine.country and mine.country == theirs.country:
        return Agreement.COUNTRY
    return Agreement.UNKNOWN


def _alike(one: str, other: str) -> bool | None:
    """Tell whether two regions are the same, which of spelling and language may hide; none if it is open.

    `hessen` is `hesse`, and `la paz` is `la paz department`; states of the United States are taken by the
    letter.
    """
    if not one or not other:
        return None
    if one == other or one in _STATE_NAMES or other in _STATE_NAMES:
        return one == other
    short, long = sorted((set(one.split()), set(other.split())), key=len)
    likeness = _likeness(one, other)
    if short <= long or likeness >= _SAME_REGION:
        return True
    return False if likeness < _OTHER_REGION else None


@lru_cache(maxsize=100_000)
def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)


def _same_city(mine: Spot, theirs: Spot) -> bool:
    if mine.city and mine.city == theirs.city:
        return True
    return any(
        one.city and len(one.city) > 3 and f" {one.city} " in f" {other.words} "
        for one, other in ((mine, theirs), (theirs, mine))
    )
