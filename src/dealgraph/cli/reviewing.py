"""`dealgraph link review`: one thing beside one candidate, and a key for each decision."""

from __future__ import annotations

import datetime as dt
import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dealgraph import settings
from dealgraph.cli.candidates import features_told
from dealgraph.cli.context import Context
from dealgraph.cli.proposing import Asked, gathered
from dealgraph.errors import DealgraphError, Interrupted, WrongUsage
from dealgraph.link.entity import Entity
from dealgraph.link.ledger import Ledger, Signature
from dealgraph.link.phrases import LINK, judgement
from dealgraph.link.review import Pair, Review, pairs_of
from dealgraph.link.sources import prefixes_of
from dealgraph.mapping import Judgement
from dealgraph.terms import compact

_KEYS = {"a": Judgement.MATCH, "r": Judgement.NOT, "u": Judgement.UNSURE}


def review_on_terminal(here: Context, asked: Asked, author: str | None, date: dt.date) -> None:
    """Go through the proposals with a person; raises `WrongUsage` where there is no terminal.

    Every decision is in the mapping file before the next pair is shown. Raises `Interrupted` at Ctrl-C.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fix = "Run it in a terminal, or list candidates with: dealgraph link --all --against ..."
        raise WrongUsage("a review needs a terminal", where="link review", fix=fix)
    by = Signature(author or settings.author(), date)
    if not by.author:
        raise WrongUsage("nobody is named as the one who decides", where="--author", fix="Add: --author NAME")
    found = gathered(here, asked)
    description = found.description
    ledger = Ledger(here.project, description.name, description.title["en"], prefixes_of(description))
    review = Review(pairs_of(found.proposals), ledger, by)
    console = Console(emoji=False, highlight=False)
    try:
        with _interruptions() as interrupted, _keys_at_once():
            _go_through(review, console, here.language, interrupted)
    except KeyboardInterrupt:
        fix = "What was decided is kept; go on by the same command"
        raise Interrupted("stopped", where="link review", fix=fix) from None
    counts = review.counts
    said = {"match": counts.get(Judgement.MATCH, 0), "not_": counts.get(Judgement.NOT, 0)}
    console.print(LINK[here.language]["done"].format(**said, unsure=counts.get(Judgement.UNSURE, 0)))


def _go_through(review: Review, console: Console, language: str, interrupted: int) -> None:
    say = LINK[language]
    while True:
        pair = review.current
        _forget_keys()
        if pair:
            _show(pair, console, language)
        else:
            console.print(say["nothing"])
        console.print(Text(say["keys"], style="dim"))
        key = _key(interrupted)
        if key == "q" or (not pair and key != "z"):
            return
        if key == "z":
            console.print(say["undone"] if review.undo() else say["nothing to undo"])
        elif key == "s":
            review.skip()
        elif key in _KEYS:
            _decide(review, _KEYS[key], console, language)


def _decide(review: Review, chosen: Judgement, console: Console, language: str) -> None:
    try:
        review.decide(chosen)
    except DealgraphError as error:  # such as two things that would be one: the person decides otherwise
        console.print(Text(f"error: {error}", style="bold red"))
    else:
        console.print(Text(judgement(chosen, language), style="bold"))


def _show(pair: Pair, console: Console, language: str) -> None:
    say = LINK[language]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("")
    table.add_column(say["ours"], overflow="fold")
    table.add_column(say["theirs"], overflow="fold")
    for name, mine, theirs in _rows(pair.thing, pair.candidate.entity, language):
        table.add_row(Text(name, style="dim"), mine, theirs)
    console.print()
    counted = say["pair"].format(pair.number, pair.total)
    console.print(
        Text.assemble(
            (pair.thing.label, "bold"), f"  {counted}  ", (f"{say['score']} {pair.candidate.score:g}", "bold")
        )
    )
    console.print(table)
    for line in features_told(pair.candidate, language):
        console.print(line)


def _rows(mine: Entity, theirs: Entity, language: str) -> Iterator[tuple[str, str, str]]:
    say = LINK[language]
    yield "", compact(mine.iri), compact(theirs.iri)
    for name, read in (
        (say["names"], lambda e: (*e.labels, *e.aliases, *e.former)),
        (say["type"], lambda e: sorted(e.kinds)),
        (
            say["where"],
            lambda e: [", ".join(filter(None, (p.city, p.region, p.country, p.text))) for p in e.places],
        ),
        (say["years"], lambda e: [str(year) for year in e.years]),
        (say["owners"], lambda e: e.owners),
        (say["identifier"], lambda e: [compact(i.iri) for i in e.identifiers]),
    ):
        left, right = ("; ".join(read(entity)[:8]) for entity in (mine, theirs))
        if left or right:
            yield name, left, right


@contextmanager
def _interruptions() -> Iterator[int]:
    """Have a pipe to read from once Ctrl-C is heard: a signal just before a read would not end the read."""
    heard, told = os.pipe()
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told)
    try:
        yield heard
    finally:
        signal.set_wakeup_fd(before)
        os.close(heard)
        os.close(told)


def _key(interrupted: int) -> str:
    """Read one key; the end of the input is `q`. Raises `KeyboardInterrupt`."""
    ready, _, _ = select.select([sys.stdin, interrupted], [], [])
    if interrupted in ready:
        raise KeyboardInterrupt
    return (os.read(sys.stdin.fileno(), 1).decode("latin-1") or "q").lower()


def _forget_keys() -> None:
    """Leave out what was typed before there was anything to decide on."""
    while select.select([sys.stdin], [], [], 0)[0] and os.read(sys.stdin.fileno(), 1):
        pass


@contextmanager
def _keys_at_once() -> Iterator[None]:
    """Have each key read at once, without the need for Enter."""
    before = termios.tcgetattr(sys.stdin)
    try:
        # Not by the usual way, which drops what was typed just before: that may be Ctrl-C.
        tty.setcbreak(sys.stdin, termios.TCSADRAIN)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
