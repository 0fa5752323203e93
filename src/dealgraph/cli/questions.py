"""The commands that ask: stored queries, free SPARQL, reports on a thing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from dealgraph import formats
from dealgraph.ask import ask as put_question
from dealgraph.ask import final_text, run
from dealgraph.cli.context import (
    FormatOption,
    LanguageOption,
    ProjectOption,
    context,
    notice,
    notices,
    on_terminal,
    put,
    store,
)
from dealgraph.cli.reading import show_thing
from dealgraph.cli.states import AsOfOption, SourceOption, chosen_state
from dealgraph.cli.tables import show_queries, show_result
from dealgraph.errors import Unreadable, ViolationsFound, WrongUsage
from dealgraph.lookup import find
from dealgraph.stored import StoredQuery, defects, load_all, load_one
from dealgraph.stored.services import services
from dealgraph.terms import compact

AllowServiceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-service", metavar="IRI", help="A SPARQL endpoint that the query may ask; may be repeated."
    ),
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="For one answer of an endpoint.")
]


def ask(
    name: Annotated[str, typer.Argument(help="A stored query, as `dealgraph queries` lists them.")],
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param", metavar="KEY=VALUE", help="A parameter; a label such as Meta serves as a thing."
        ),
    ] = None,
    output: FormatOption = None,
    text: Annotated[
        bool, typer.Option("--print", help="Print the SPARQL that would be run, and stop.")
    ] = False,
    allow_service: AllowServiceOption = None,
    timeout: TimeoutOption = 20.0,
    why: Annotated[
        bool, typer.Option("--why", help="Explain each row, down to claims and passages; as text or json.")
    ] = False,
    as_of: AsOfOption = None,
    source: SourceOption = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Ask a stored query."""
    here = context(project, lang)
    query = load_one(here.project.queries, name)
    opened = chosen_state(here.project, as_of, source)
    typed = _typed(param or [])

    def resolve(typed_name: str) -> NamedNode:
        return _resolve(opened, typed_name)

    if text:
        put(final_text(query, typed, resolve).encode())
    elif query.endpoints and why:
        raise WrongUsage(
            "what another server answers cannot be explained here", where="--why", fix="Leave it out"
        )
    elif query.endpoints:
        from dealgraph.federation import run_federated

        final = final_text(query, typed, resolve)
        allowed = tuple(allow_service or ())
        _show(run_federated(opened, final, where=query.name, allowed=allowed, timeout=timeout), output)
    elif why:
        from dealgraph.cli.row_proofs import explain_rows

        explain_rows(here, opened, query, final_text(query, typed, resolve), output or "text", as_of, source)
    else:
        _show(put_question(opened, query, typed, resolve), output)


def queries(
    check: Annotated[
        bool, typer.Option("--check", help="Report every defect in the form of the queries.")
    ] = False,
    output: Annotated[str | None, typer.Option("--format", metavar="table|json")] = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """List the stored queries with their summaries and parameters, or check their form."""
    here = context(project, lang)
    if check:
        _check_queries(here.project.queries)
        return
    found = load_all(here.project.queries)
    if (output or ("table" if on_terminal() else "json")) == "json":
        put(json.dumps([_described(q) for q in found], ensure_ascii=False, indent=2).encode())
    else:
        show_queries(found, here.language)


def show(
    thing: Annotated[str, typer.Argument(help="A label, an alias, id:local-name or an IRI.")],
    output: Annotated[
        str, typer.Option("--format", metavar="text|json|jsonld", help="jsonld: in the words of schema.org.")
    ] = "text",
    as_of: AsOfOption = None,
    source: SourceOption = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Show all facts and claims about a thing, with sources, and its identifiers outside."""
    here = context(project, lang)
    show_thing(here, chosen_state(here.project, as_of, source), thing, output)


def sparql(
    query: Annotated[str, typer.Argument(help="SPARQL text, a file, or - for stdin.")] = "-",
    output: FormatOption = None,
    allow_service: AllowServiceOption = None,
    timeout: TimeoutOption = 20.0,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Run a SPARQL query on the graph."""
    here = context(project, lang)
    where, text = _query_text(query)
    opened = store(here.project)
    if allow_service or services(text):
        from dealgraph.federation import run_federated

        allowed = tuple(allow_service or ())
        _show(run_federated(opened, text, where=where, allowed=allowed, timeout=timeout), output)
    else:
        _show(run(opened, text, where=where), output)


def _show(result: QuerySolutions | QueryTriples | QueryBoolean, output: str | None) -> None:
    chosen = output or formats.default(result, terminal=on_terminal())
    if chosen == formats.TABLE:
        show_result(result)
    else:
        put(formats.serialise(result, chosen))


def _typed(pairs: list[str]) -> dict[str, list[str]]:
    typed: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise WrongUsage(
                f"'{pair}' is not key=value", where="--param", fix="Write, for example, --param company=Meta"
            )
        typed.setdefault(key, []).append(value)
    return typed


def _resolve(opened: Store, text: str) -> NamedNode:
    found = find(opened, text)
    if found.likeness < 100:
        notice(f"'{text}' taken as {found.name} ({compact(found.thing.value)})")
    return found.thing


def _query_text(given: str) -> tuple[str, str]:
    if given == "-":
        return "stdin", sys.stdin.read()
    path = Path(given)
    if "\n" in given or "{" in given or not (path.exists() or path.suffix in {".rq", ".sparql"}):
        return "query", given
    try:
        return given, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"cannot be read ({error})", where=given, fix="Name a file in UTF-8") from None


def _check_queries(folder: Path) -> None:
    found = [
        d for path in sorted(folder.rglob("*.rq")) for d in defects(path.read_text(encoding="utf-8"), path)
    ]
    for defect in found:
        typer.echo(str(defect))
    if found:
        raise ViolationsFound(
            f"{len(found)} defect(s) in the stored queries", where=str(folder), fix="See the list above"
        )
    notices.print(f"{len(list(folder.rglob('*.rq')))} stored queries are in good form.")


def _described(query: StoredQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "summary": query.summary,
        "summary_fr": query.summary_fr,
        "tags": list(query.tags),
        "services": list(query.endpoints),
        "params": [
            {"name": p.name, "type": p.type, "label": p.label, "label_fr": p.label_fr, "optional": p.optional}
            for p in query.params
        ],
    }
