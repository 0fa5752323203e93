"""Proofs as an answer of a command: text for a terminal, JSON, Turtle, a picture."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Final

from rich.text import Text

from dealgraph import turtle
from dealgraph.cli.context import put
from dealgraph.cli.proofs import Layout
from dealgraph.cli.reading import print_parts
from dealgraph.errors import FormatMisfit, WrongUsage
from dealgraph.explain import Explainer
from dealgraph.explain.phrases import WHY
from dealgraph.explain.picture import svg
from dealgraph.explain.records import Records
from dealgraph.proof import Proof


def write_proofs(explainer: Explainer, proofs: Sequence[Proof], output: str) -> None:
    """Write proofs to stdout as text, json, ttl or svg (of one proof), in the explainer's language."""
    _WRITERS[output](explainer, proofs)


def ensure_writable(output: str) -> None:
    """Raise `FormatMisfit` for a format that proofs cannot be written in."""
    if output not in _WRITERS:
        fix = f"Take {', '.join(_WRITERS)}"
        raise FormatMisfit(f"a proof cannot be written as {output}", where="--format", fix=fix)


def _text(explainer: Explainer, proofs: Sequence[Proof]) -> None:
    language = explainer.teller.language
    layout = Layout(language)
    for number, proof in enumerate(proofs, 1):
        if len(proofs) > 1:
            print_parts([Text(WHY[language]["proof"].format(number, len(proofs)), style="dim")])
        print_parts([layout.tree(explainer.told(proof))])


def _json(explainer: Explainer, proofs: Sequence[Proof]) -> None:
    told = [asdict(explainer.told(proof)) for proof in proofs]
    put(json.dumps(told, ensure_ascii=False, indent=2).encode())


def _svg(explainer: Explainer, proofs: Sequence[Proof]) -> None:
    if len(proofs) > 1:
        raise WrongUsage("a picture shows one proof", where="--format svg", fix="Leave --all and --max out")
    put(svg(explainer.told(proofs[0]), explainer.teller.language).encode())


def _turtle(explainer: Explainer, proofs: Sequence[Proof]) -> None:
    records = Records(explainer.sentences)
    put(turtle.write([quad for proof in proofs for quad in records.quads(proof)]).encode())


_WRITERS: Final[Mapping[str, Callable[[Explainer, Sequence[Proof]], None]]] = {
    "text": _text,
    "json": _json,
    "svg": _svg,
    "ttl": _turtle,
}
