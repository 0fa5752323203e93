"""The identifier schemes: how each writes an identifier as an IRI, and how to tell a wrong one.

A ticker is no scheme here: it names a share on one exchange, changes, and is given to another in turn.
Epoch AI names its rows by text and gives no IRIs, so its names stand in a namespace of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from dealgraph.errors import WrongIdentifier
from dealgraph.mapping import checksums
from dealgraph.terms import BASE, iri

Checksum = Callable[[str], str]


@dataclass(frozen=True)
class Scheme:
    """One scheme of identifiers.

    `name` is its short name; `label` is how a person calls it, in French `label_fr` where that differs. An
    IRI of the scheme is `namespace`, the identifier, `ending`; `prefix` stands for the namespace. `pattern`
    is the form of an identifier, told in words by `form`. `checksum` gives the last `check_length` characters
    from the others, where the scheme has any.
    """

    name: str
    label: str
    namespace: str
    pattern: str
    form: str
    prefix: str
    ending: str = ""
    checksum: Checksum | None = None
    check_length: int = 0
    label_fr: str = ""

    @property
    def iri(self) -> str:
        """The IRI of the scheme itself: the `object_source` of its mappings."""
        return iri(f"scheme:{self.name}")

    def iri_of(self, identifier: str) -> str:
        """Return the IRI of an identifier of this scheme; the identifier is not checked."""
        return f"{self.namespace}{identifier}{self.ending}"

    def identifier_of(self, full: str) -> str:
        """Return the identifier in an IRI of this scheme."""
        return full.removeprefix(self.namespace).removesuffix(self.ending)

    def fits(self, identifier: str) -> bool:
        """Tell whether a text has the form of an identifier of this scheme, whatever its checksum."""
        return re.fullmatch(self.pattern, identifier) is not None

    def checksums(self, identifier: str) -> tuple[str, str]:
        """Return the checksum of an identifier that `fits`, and what it should be; both empty without one."""
        if self.checksum is None:
            return "", ""
        return identifier[-self.check_length :], self.checksum(identifier[: -self.check_length])

    def check(self, identifier: str) -> None:
        """Raise `WrongIdentifier`, with the reason, for an identifier that the scheme cannot have given."""
        if not self.fits(identifier):
            raise WrongIdentifier(
                f"'{identifier}' is not the form of {self.label}", where=self.name, fix=f"It is {self.form}"
            )
        found, expected = self.checksums(identifier)
        if found != expected:
            raise WrongIdentifier(
                f"the checksum of {self.label} {identifier} is {found}, should be {expected}",
                where=self.name,
                fix="Copy the identifier anew from its source",
            )


_PAGE_NAME: Final = r"(?:[A-Za-z0-9!$&'()*+,\-.:;=@_~]|%[0-9A-F]{2})+"
_EPOCH_NAME: Final = r"[A-Za-z0-9_.%~\-]+"

SCHEMES: Final = (
    Scheme(
        "crossref-funder",
        "Crossref funder id",
        "https://doi.org/10.13039/",
        r"[1-9]\d{8}|50\d{10}",
        "nine digits, or twelve that begin with 50",
        "funder",
        label_fr="financeur Crossref",
    ),
    Scheme(
        "crunchbase",
        "Crunchbase",
        "https://www.crunchbase.com/",
        r"(organization|person)/[a-z0-9][a-z0-9_-]*",
        "organization/ or person/ and the last part of the page's address",
        "crunchbase",
    ),
    Scheme(
        "dbpedia",
        "DBpedia",
        "http://dbpedia.org/resource/",
        _PAGE_NAME,
        "the name of a page, spaces as _, signs beyond ASCII percent-encoded",
        "dbr",
    ),
    Scheme(
        "epoch-data-center",
        "Epoch AI data centre",
        f"{BASE}outside/epoch-data-center/",
        _EPOCH_NAME,
        "the name that Epoch AI gives the data centre, spaces written as _",
        "epochdc",
        label_fr="centre de données d'Epoch AI",
    ),
    Scheme(
        "epoch-gpu-cluster",
        "Epoch AI cluster",
        f"{BASE}outside/epoch-gpu-cluster/",
        _EPOCH_NAME,
        "the name that Epoch AI gives the cluster, spaces written as _",
        "epochcluster",
        label_fr="cluster d'Epoch AI",
    ),
    Scheme(
        "geonames",
        "GeoNames",
        "https://sws.geonames.org/",
        r"[1-9]\d{0,8}",
        "a whole number",
        "geonames",
        ending="/",
    ),
    Scheme(
        "github",
        "GitHub account",
        "https://github.com/",
        r"(?i)[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}",
        "up to 39 letters, digits and single hyphens",
        "github",
        label_fr="compte GitHub",
    ),
    Scheme(
        "grid",
        "GRID",
        "https://www.grid.ac/institutes/",
        r"grid\.\d{4,6}\.[0-9a-f]{1,2}",
        "grid., up to six digits, a point and a check character",
        "grid",
    ),
    Scheme(
        "isni",
        "ISNI",
        "https://isni.org/isni/",
        r"\d{15}[\dX]",
        "16 characters without spaces, digits but for a last X",
        "isni",
        checksum=checksums.isni,
        check_length=1,
    ),
    Scheme(
        "lei",
        "LEI",
        "https://rdf.gleif.org/L1/L-",
        r"[A-Z0-9]{18}\d{2}",
        "18 capital letters and digits, then two digits",
        "lei",
        checksum=checksums.lei,
        check_length=2,
    ),
    Scheme(
        "opencorporates",
        "OpenCorporates",
        "https://opencorporates.com/companies/",
        r"[a-z]{2}(_[a-z]{2})?/[A-Za-z0-9._-]+",
        "a jurisdiction such as us_de, a slash and the number of the register",
        "opencorporates",
    ),
    Scheme(
        "ror",
        "ROR",
        "https://ror.org/",
        r"0[a-hj-km-np-tv-z0-9]{6}\d{2}",
        "0, six characters of Crockford's base 32 and two digits",
        "ror",
        checksum=checksums.ror,
        check_length=2,
    ),
    Scheme(
        "sec-cik",
        "SEC CIK",
        "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=",
        r"\d{10}",
        "ten digits, zeros before the number",
        "cik",
    ),
    Scheme(
        "wikidata",
        "Wikidata",
        "http://www.wikidata.org/entity/",
        r"Q[1-9]\d{0,9}",
        "Q and a number, no zero before it",
        "wd",
    ),
    Scheme(
        "wikipedia-en",
        "Wikipedia in English",
        "https://en.wikipedia.org/wiki/",
        _PAGE_NAME,
        "the name of a page, spaces as _, signs beyond ASCII percent-encoded",
        "enwiki",
        label_fr="Wikipédia en anglais",
    ),
    Scheme(
        "wikipedia-fr",
        "Wikipedia in French",
        "https://fr.wikipedia.org/wiki/",
        _PAGE_NAME,
        "the name of a page, spaces as _, signs beyond ASCII percent-encoded",
        "frwiki",
        label_fr="Wikipédia en français",
    ),
    Scheme(
        "ycombinator",
        "Y Combinator",
        "https://www.ycombinator.com/companies/",
        r"[a-z0-9][a-z0-9-]*",
        "the last part of the page's address",
        "yc",
    ),
)
"""Every scheme of identifiers, by name."""

BY_NAME: Final = {scheme.name: scheme for scheme in SCHEMES}
PREFIXES: Final = {scheme.prefix: scheme.namespace for scheme in SCHEMES}


def scheme_of(full: str) -> Scheme | None:
    """Return the scheme to whose namespace an IRI belongs, or nothing for an IRI of no known scheme."""
    found = [scheme for scheme in SCHEMES if full.startswith(scheme.namespace)]
    return max(found, key=lambda scheme: len(scheme.namespace), default=None)


def check_identifier(full: str) -> Scheme:
    """Return the scheme of an IRI; raises `WrongIdentifier` with the reason where it cannot be right."""
    scheme = scheme_of(full)
    if scheme is None:
        raise WrongIdentifier(
            f"<{full}> belongs to no known scheme", where="object", fix=f"Take one of: {', '.join(BY_NAME)}"
        )
    if not full.endswith(scheme.ending):
        raise WrongIdentifier(
            f"<{full}> does not end in '{scheme.ending}'", where=scheme.name, fix="Write the whole IRI"
        )
    scheme.check(scheme.identifier_of(full))
    return scheme


def epoch_identifier(name: str) -> str:
    """Return the name of a row of Epoch AI as the identifier that stands in its IRI, spaces as `_`."""
    return quote(name, safe="").replace("_", "%5F").replace("%20", "_")


def epoch_name(identifier: str) -> str:
    """Return the name of the row that an identifier of Epoch AI stands for."""
    return unquote(identifier.replace("_", "%20"))
