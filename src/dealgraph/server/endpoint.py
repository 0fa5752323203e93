"""The SPARQL endpoint: what a worker answers to a request of the SPARQL 1.1 Protocol.

https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Final
from urllib.parse import urlencode

from dealgraph.ask import Result, refuse_remote
from dealgraph.desk import Desk
from dealgraph.errors import FormatMisfit
from dealgraph.formats import GRAPH_FORMATS, GRAPHS, ROWS, SUFFIXES, form_for, writing
from dealgraph.server.asking import AskedQuery, asked_query
from dealgraph.server.dataset import run_on_dataset
from dealgraph.server.description import described
from dealgraph.stored.remote import remote_calls
from dealgraph.web import HTML, Answer, Call, Route, choose, see_other

PATH: Final = "/sparql"
_VARIES: Final = re.compile(r"(?:NOW|RAND|UUID|BNODE)(?![A-Za-z0-9_])", re.IGNORECASE)


def sparql_routes(open_to: Sequence[str] = ()) -> tuple[Route, ...]:
    """Return the routes of the endpoint, which may ask the endpoints named by `open_to` and no other."""
    answer = partial(_answer, tuple(open_to))
    return tuple(
        Route(pattern, answer, ("GET", "POST"), changes)
        for pattern in (PATH, f"{PATH}/", f"{PATH}.{{suffix}}")
    )


def changes(call: Call) -> bool:
    """Tell whether a query may answer otherwise though the snapshot is the same: by clock, by chance."""
    text = call.body.decode(errors="replace") if call.method == "POST" else " ".join(call.all("query"))
    return bool(_VARIES.search(text)) or bool(remote_calls(text))


def _answer(open_to: tuple[str, ...], desk: Desk, call: Call) -> Answer:
    suffix = call.parts.get("suffix", "")
    if suffix and suffix not in SUFFIXES:
        fix = f"Take one of: {', '.join(SUFFIXES)}"
        raise FormatMisfit(f"no result can be given as {suffix}", where=call.path, fix=fix)
    asked = asked_query(call)
    if asked is None:
        return _description(desk, call, suffix, open_to)
    hint = call.first("format")
    if (
        call.method == "GET"
        and not suffix
        and hint not in SUFFIXES
        and choose(call.accept, (*ROWS, *GRAPHS, HTML)) is HTML
    ):
        return see_other(f"/editor?{urlencode({'query': asked.text, 'run': '1'})}")
    result = _run(desk, asked, open_to, call.origin + PATH)
    form = form_for(result, call, suffix, hint)
    return Answer(writing(result, form), form.media_type)


def _description(desk: Desk, call: Call, suffix: str, open_to: Sequence[str]) -> Answer:
    if not suffix and choose(call.accept, (*GRAPHS, HTML)) is HTML:
        return see_other("/editor")
    form = next((o for o in GRAPHS if o.suffix == suffix), None) or choose(call.accept, GRAPHS) or GRAPHS[0]
    told = described(desk, call, call.origin + PATH, GRAPH_FORMATS[form.suffix], open_to)
    return Answer(told, form.media_type)


def _run(desk: Desk, asked: AskedQuery, open_to: tuple[str, ...], base: str) -> Result:
    if open_to and remote_calls(asked.text):
        from dealgraph.federation import run_federated

        return run_federated(desk.store, asked.text, where="query", allowed=open_to, timeout=10.0, tries=1)
    refuse_remote(asked.text, where="query")
    return run_on_dataset(desk.store, asked, where="query", base=base)
