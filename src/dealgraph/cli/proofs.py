"""Explanations laid out for a terminal: a tree of sentences with their reasons and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from dealgraph.explain import Told
from dealgraph.explain.phrases import WHY
from dealgraph.phrases import PHRASES
from dealgraph.report import Saying

_STYLES: Final = {
    "row": "bold",
    "follows": "bold",
    "missing": "bold",
    "way": "cyan",
    "known": "cyan",
    "held": "green",
}
_MARKS: Final = {"missing": "✗ ", "held": "✓ "}


@dataclass
class Layout:
    """Lays explanations out in one language; a claim is told once, then referred to."""

    language: str
    _told: set[str] = field(default_factory=set)

    def tree(self, told: Told) -> Tree:
        """Lay out one explanation from its conclusion down."""
        top = Tree(self._node(told), guide_style="dim")
        self._grow(top, told)
        return top

    def suspect(self, saying: Saying, note: str) -> Iterator[Text]:
        """Lay out a claim to look at, and what is told of it beside its source."""
        line = self._saying(saying, saying.paraphrase or saying.value)
        line.append(f"  {saying.claim}", style="dim")
        yield line.append(f"  {note}", style="magenta")
        yield from (Text(f"  ↳ {told}", style="dim italic") for told in saying.notes)

    def _grow(self, branch: Tree, told: Told) -> None:
        if told.parts and all(part.kind == "near" and self._is_told(part.sayings) for part in told.parts):
            branch.add(self._as_above(told.parts[0].sayings[0]))
            return
        for part in told.parts:
            self._grow(branch.add(self._node(part)), part)

    def _node(self, told: Told) -> RenderableType:
        if told.kind == "near":
            return Group(*self._sources(told), *self._why_not(told))
        head = Text(f"{_MARKS.get(told.kind, '')}{told.text}", style=_STYLES.get(told.kind, ""))
        if told.note:
            note_style = "not bold yellow" if told.kind == "missing" else "not bold dim"
            head.append(f"  {told.note}", style=note_style)
        head.append(f"  {told.place}" if told.place else "", style="not bold dim cyan")
        return Group(head, *self._reasons(told), *self._sources(told))

    def _reasons(self, told: Told) -> Iterator[Text]:
        for number, reason in enumerate(told.reasons):
            line = Text(reason.text, style="italic")
            line.append(f"  {reason.place}" if reason.place else "", style="not italic dim cyan")
            line.append(f"  {told.rules[0]}" if number == 0 and told.rules else "", style="not italic dim")
            yield line

    def _sources(self, told: Told) -> Iterator[Text]:
        if self._is_told(told.sayings):
            yield self._as_above(told.sayings[0])
            return
        for saying in told.sayings:
            self._told.add(saying.claim)
            yield self._saying(saying, _words(told, saying))
        if told.more:
            yield Text(f"  {WHY[self.language]['more'].format(told.more)}", style="dim")

    def _saying(self, saying: Saying, words: str) -> Text:
        line = Text(f"{_mark(saying)} {words}")
        line.append(f" {saying.bounds}" if saying.bounds and words != saying.paraphrase else "", style="dim")
        hedges = list(saying.certainty)
        if saying.credit:
            hedges.append(PHRASES[self.language]["according to"].format(" ← ".join(saying.credit)))
        line.append(f"  {', '.join(hedges)}" if hedges else "", style="yellow")
        line.append(f"  {saying.source}", style="cyan")
        line.append(f" [{', '.join(saying.passages)}]" if saying.passages else "", style="dim")
        return line

    @staticmethod
    def _why_not(told: Told) -> Iterator[Text]:
        if told.note:
            yield Text(f"  ↳ {told.note}", style="magenta")

    def _is_told(self, sayings: Sequence[Saying]) -> bool:
        return bool(sayings) and all(saying.claim in self._told for saying in sayings)

    def _as_above(self, saying: Saying) -> Text:
        return Text(f"{_mark(saying)} {WHY[self.language]['as above']}", style="dim")


def _words(told: Told, saying: Saying) -> str:
    """What a claim is told by: a sentence of its own, a value, or what it says of something else."""
    if told.kind == "near":
        return told.text
    return saying.paraphrase if told.kind == "frame" and saying.paraphrase else saying.value


def _mark(saying: Saying) -> str:
    return "●" if saying.admitted else "○"
