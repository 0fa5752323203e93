"""Records out of RDF: a SELECT beside the description makes the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import QuerySolutions, RdfFormat, Store, parse

from dealgraph.errors import DatasetProblem, DescriptionDefect, Unreadable
from dealgraph.link.description import Description


def rdf_rows(description: Description, path: Path, text: str) -> Iterator[Mapping[str, object]]:
    """Run the SELECT that a description names on an RDF file; one row each `?iri`, other columns as lists.

    Raises `DatasetProblem` for a file that does not parse or gives no row, `DescriptionDefect` for a
    query that does not, or that has no column `iri`.
    """
    store = _store(description, path, text)
    rows = _rows(description, store)
    columns = [variable.value for variable in rows.variables]
    if "iri" not in columns:
        raise DescriptionDefect("has no column ?iri", where=description.query, fix="Select ?iri")
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        values = {name: row[name].value for name in columns if row[name] is not None}
        entry = found.setdefault(values.get("iri", ""), {name: [] for name in columns})
        for name, value in values.items():
            if value not in entry[name]:
                entry[name].append(value)
    if not found:
        message = "the query gives no row"
        raise DatasetProblem(message, where=description.file, fix=f"Bring {description.query} up to date")
    for iri in sorted(found):
        yield dict(found[iri])


def _store(description: Description, path: Path, text: str) -> Store:
    form = RdfFormat.from_extension(path.suffix.lstrip(".")) or RdfFormat.RDF_XML
    store = Store()
    try:
        store.bulk_extend(parse(text.encode(), form, base_iri=description.source))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        where = f"{description.file}:{line}"
        raise DatasetProblem(f"does not parse ({error})", where=where, fix="Fetch the data again") from None
    return store


def _rows(description: Description, store: Store) -> QuerySolutions:
    query = description.path.parent / description.query
    try:
        result = store.query(query.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(
            f"cannot be read ({error})", where=str(query), fix="Name it in the description"
        ) from None
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise DescriptionDefect(
            f"not a query ({error})", where=description.query, fix="Put it right"
        ) from None
    if not isinstance(result, QuerySolutions):
        raise DescriptionDefect("is not a SELECT", where=description.query, fix="Write a SELECT")
    return result
