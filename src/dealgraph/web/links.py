"""From an IRI of the project to the path under which a server shows it, and back."""

from __future__ import annotations

from urllib.parse import quote, unquote

from dealgraph.terms import BASE, iri

_TERMS = iri("dg:")
_SAFE = "/:@!$&'()*+,;=-._~"


def href(term: str) -> str:
    """Return the path of the page on a thing, a claim, an article or a term; an outside IRI as it is.

    A term of the ontology has a page of its own, `/ontology/Deal`, beside its place in `/ontology`.
    """
    if term.startswith(_TERMS):
        return f"/ontology/{quote(term.removeprefix(_TERMS), safe=_SAFE)}"
    if term.startswith(BASE):
        path, hash_, fragment = term.removeprefix(BASE).partition("#")
        kind, slash, name = path.partition("/")
        # A browser takes `..` between slashes, as in `time/../2025`, for the folder above.
        safe = _SAFE.replace("/", "") if {".", ".."} & set(name.split("/")) else _SAFE
        return f"/{quote(kind, safe=_SAFE)}{slash}{quote(name, safe=safe)}" + (
            f"#{quote(fragment, safe=_SAFE)}" if hash_ else ""
        )
    return term


def local_iri(path: str) -> str:
    """Return the IRI that a path stands for: `/id/meta` is `…/id/meta`, `/ontology/Deal` is `…#Deal`."""
    bare = unquote(path).lstrip("/")
    term = bare.removeprefix("ontology/")
    return _TERMS + term if term != bare else BASE + bare
