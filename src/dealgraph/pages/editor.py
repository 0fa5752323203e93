"""The SPARQL editor: a text, a button, the result as a table; and the stored queries as examples."""

from __future__ import annotations

from typing import Final

from dealgraph.ask import run
from dealgraph.desk import Desk
from dealgraph.errors import DealgraphError, QueryProblem
from dealgraph.pages.question_answers import Table, table_of
from dealgraph.pages.questions import Topic, topics
from dealgraph.pages.rendering import page
from dealgraph.stored import FEDERATED, named
from dealgraph.terms import BASE, PREFIXES
from dealgraph.web import Answer, Call

MOST_ROWS: Final = 1000
"""How many rows of a result the page shows."""
FORMATS: Final = ("csv", "json", "tsv", "xml", "ttl", "nt", "jsonld", "rdf")
"""The suffixes that the endpoint takes for a format: of rows, then of triples."""
ASSETS: Final = ("yasgui.min.js", "yasgui.min.css")
_SHOWN: Final = ("dg", "id", "rdfs", "xsd")
_FIRST: Final = """
SELECT ?deal ?name WHERE {
  ?deal a dg:Deal ;
        rdfs:label ?name .
  FILTER(LANG(?name) = "LANGUAGE")
}
ORDER BY ?deal
LIMIT 20
"""


def has_yasgui(desk: Desk) -> bool:
    """Tell whether the files of YASGUI were installed beside the snapshots: the project has none."""
    return all((desk.project.state / "assets" / name).is_file() for name in ASSETS)


def first_query(language: str) -> str:
    """Return what stands in the editor at first: a query that answers on any graph of deals."""
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _SHOWN)
    return prefixes + _FIRST.lstrip("\n").replace("LANGUAGE", language)


def editor_page(desk: Desk, call: Call) -> Answer:
    """Answer `/editor`: a query (`query`) or a stored one (`example`), and with `run=1` its result."""
    text = _text(desk, call)
    result, error = _run(desk, call.language, text) if call.first("run") == "1" else (None, None)
    return page(
        "editor.html",
        call,
        desk=desk,
        status=error.http_status if error else 200,
        text=text,
        base=BASE,
        result=result,
        error=error,
        most=MOST_ROWS,
        formats=FORMATS,
        yasgui=has_yasgui(desk),
        examples=_examples(desk, call.language),
        rows=min(max(text.count("\n") + 2, 12), 32),
    )


def _examples(desk: Desk, language: str) -> tuple[Topic, ...]:
    """All stored queries but those that ask other servers, those for people first."""
    every = Call("/", language=language)
    found = (*topics(desk, every), *topics(desk, every, of_machines=True))
    return tuple(topic for topic in found if topic.name != FEDERATED)


def _text(desk: Desk, call: Call) -> str:
    if query := call.first("query"):
        return query.replace("\r\n", "\n")
    if example := call.first("example"):
        return named(desk.queries, example).text
    return first_query(call.language)


def _run(desk: Desk, language: str, text: str) -> tuple[Table | None, DealgraphError | None]:
    try:
        result = run(desk.store, text, where="query")
        return table_of(result, desk.teller(language), size=MOST_ROWS, most=MOST_ROWS + 1), None
    except DealgraphError as error:
        return None, error
    except (RuntimeError, ValueError, OSError) as error:  # what goes wrong while rows are fetched
        return None, QueryProblem(f"the query cannot be evaluated ({error})", where="query")
