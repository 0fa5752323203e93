"""Give the parameters of a stored query other values, by terms and never by pasted text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dealgraph.errors import WrongParameter
from dealgraph.stored import text as texts
from dealgraph.stored.query import Parameter, StoredQuery
from dealgraph.stored.values import Term, expected, fits, terms_of


def bind(query: StoredQuery, values: Mapping[str, Sequence[Term]]) -> str:
    """Return the SPARQL of a query with other values for some parameters; the rest keep their defaults.

    Several terms for one parameter mean any of them; none leaves an optional one open. Only the inside
    of the braces of a parameter's row changes. Raises `WrongParameter` for a name that the query does
    not have, a term that is not of the type, or no term where one is needed.
    """
    lines = query.text.split("\n")
    for name, terms in values.items():
        parameter = _parameter(query, name)
        inside = " ".join(_serialised(query, parameter, term) for term in terms)
        if not inside and not parameter.optional:
            raise WrongParameter(f"'{name}' needs a value", where=query.name, fix="Give one, or leave it out")
        line = lines[parameter.line - 1]
        (row,) = texts.rows(texts.mask(line))
        lines[parameter.line - 1] = f"{line[: row.start]} {inside or 'UNDEF'} {line[row.end :]}"
    return "\n".join(lines)


def defaults(query: StoredQuery) -> dict[str, tuple[Term, ...]]:
    """Return the default of each parameter, in the order of the header; an open one has no terms."""
    found = terms_of(query.text, texts.rows(texts.mask(query.text)))
    return {p.name: tuple(term for term in found[p.name] if term is not None) for p in query.params}


def _parameter(query: StoredQuery, name: str) -> Parameter:
    for parameter in query.params:
        if parameter.name == name:
            return parameter
    names = ", ".join(parameter.name for parameter in query.params) or "none"
    raise WrongParameter(f"the query has no parameter '{name}'", where=query.name, fix=f"It takes: {names}")


def _serialised(query: StoredQuery, parameter: Parameter, term: Term) -> str:
    if not fits(parameter.type, parameter.values, term):
        raise WrongParameter(
            f"{term} is not a value for '{parameter.name}'",
            where=query.name,
            fix=f"Give {expected(parameter.type, parameter.values)}",
        )
    return str(term)
