"""The answer of `dealgraph ask --why`: each row of a stored query with what makes it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from pyoxigraph import QuerySolutions, Store

from dealgraph.ask import run
from dealgraph.cli.context import Context, put, report_format
from dealgraph.cli.explaining import setting
from dealgraph.cli.proofs import Layout
from dealgraph.cli.reading import print_parts
from dealgraph.errors import WrongUsage
from dealgraph.explain import RowExplainer, explained, proofs_of_rows
from dealgraph.explain.phrases import WHY
from dealgraph.stored import StoredQuery


def explain_rows(
    here: Context,
    opened: Store,
    query: StoredQuery,
    text: str,
    output: str,
    as_of: dt.datetime | None,
    source: Sequence[str] | None,
) -> None:
    """Print each row of a query, whose `text` has its parameters bound, with the claims behind it.

    Raises `WrongUsage` for a query that gives no rows.
    """
    as_json = report_format(output)
    found = run(opened, text, where=query.name)
    if not isinstance(found, QuerySolutions):
        raise WrongUsage("the query has no rows to explain", where=query.name, fix="Ask a SELECT")
    names = [variable.value for variable in found.variables]
    rows = [{name: row[name] for name in names} for row in found]
    given = setting(here, opened, as_of, source)
    explainer = RowExplainer(given.explainer, given.read.place)
    proofs = list(proofs_of_rows(opened, text, rows, explainer))
    if as_json:
        put(json.dumps(explained(rows, proofs), ensure_ascii=False, indent=2).encode())
    elif not proofs:
        print_parts([WHY[here.language]["no rows"]])
    else:
        layout = Layout(here.language)
        print_parts(layout.tree(proof.told) for proof in proofs)
