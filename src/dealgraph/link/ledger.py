"""Judgements, written to the mapping files the moment they are made, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from dealgraph import __version__
from dealgraph.errors import JudgementConflict
from dealgraph.link.entity import Entity
from dealgraph.link.score import Scored
from dealgraph.mapping import (
    CURATED,
    EXACT,
    Judgement,
    Mapping,
    MappingSet,
    load,
    mapping_files,
    new_set,
    read,
    scheme_of,
    undecided,
    write,
)
from dealgraph.settings import Project
from dealgraph.terms import compact, iri

TOOL: Final = f"dealgraph {__version__}"
BY_IDENTIFIER: Final = iri("semapv:MappingChaining")
BY_FEATURES: Final = iri("semapv:CompositeMatching")


@dataclass(frozen=True)
class Signature:
    """Who judges, and when."""

    author: str
    date: dt.date


def judged_by_hand(thing: Entity, candidate: Scored, judgement: Judgement, by: Signature) -> Mapping:
    """Return the mapping for what a person decides: `MATCH`, `NOT` or `UNSURE`."""
    mapping = Mapping(
        subject=thing.iri,
        predicate=EXACT,
        object=candidate.entity.iri,
        negated=judgement is Judgement.NOT,
        subject_label=thing.label,
        object_label=candidate.entity.label,
        object_source=_source(candidate.entity.iri),
        justification=CURATED,
        author=by.author,
        tool=TOOL,
        date=by.date,
    )
    return undecided(mapping) if judgement is Judgement.UNSURE else mapping


def judged_by_rule(thing: Entity, candidate: Scored, date: dt.date) -> Mapping:
    """Return the mapping for a match that is accepted without a person; its confidence is the score."""
    identified = candidate.said("identifier") is not None
    return Mapping(
        subject=thing.iri,
        predicate=EXACT,
        object=candidate.entity.iri,
        subject_label=thing.label,
        object_label=candidate.entity.label,
        object_source=_source(candidate.entity.iri),
        justification=BY_IDENTIFIER if identified else BY_FEATURES,
        confidence=Decimal(f"{candidate.score / 100:.3f}"),
        tool=TOOL,
        date=date,
    )


def _source(full: str) -> str:
    scheme = scheme_of(full)
    return scheme.iri if scheme else ""


@dataclass
class Ledger:
    """The mapping files of a project, and the way back.

    `prefixes` are those of the source, where its IRIs are of no scheme that the program knows. A judgement
    goes where its pair is judged already, else where its thing is, else into the file of the source, which is
    `name`. Files are read again before each change, so that nothing another program wrote is lost.
    """

    project: Project
    name: str
    title: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)
    _before: list[dict[Path, MappingSet | None]] = field(default_factory=list)

    def sets(self) -> tuple[MappingSet, ...]:
        """Read all mapping files; raises what `mapping.load` raises."""
        return load(self.project)

    def judge(self, *mappings: Mapping) -> None:
        """Write judgements, all of them or none.

        Raises `JudgementConflict` if one would make two of our things, or two entities of one scheme, the
        same; and what writing raises. Then nothing has changed.
        """
        changed = self._changed(mappings)
        before = {path: read(path, self.project.shown(path)) if path.exists() else None for path in changed}
        try:
            for path, revised in changed.items():
                write(path, revised)
        except BaseException:
            _put_back(before)
            raise
        self._before.append(before)

    def ensure_fits(self, *mappings: Mapping) -> None:
        """Raise `JudgementConflict` if these could not be written together; writes nothing."""
        self._changed(mappings)

    def undo(self) -> bool:
        """Take back what was written last; tells whether there was anything."""
        if not self._before:
            return False
        _put_back(self._before.pop())
        return True

    def _changed(self, mappings: Sequence[Mapping]) -> dict[Path, MappingSet]:
        """The files as they would be after these judgements."""
        files = {path: read(path, self.project.shown(path)) for path in mapping_files(self.project)}
        changed: dict[Path, MappingSet] = {}
        for mapping in mappings:
            _ensure_alone(mapping, files.values())
            path = self._file_of(mapping, files)
            base = files.get(path) or self._new()
            known = replace(base, prefixes={**base.prefixes, **self.prefixes})
            changed[path] = files[path] = known.revised(mapping)
        return changed

    def _file_of(self, mapping: Mapping, files: dict[Path, MappingSet]) -> Path:
        for same in (
            lambda other: other.pair == mapping.pair,
            lambda other: other.subject == mapping.subject,
        ):
            for path, each in files.items():
                if any(map(same, each.mappings)):
                    return path
        return self.project.graph / "mappings" / f"{self.name}.sssom.tsv"

    def _new(self) -> MappingSet:
        return new_set(self.name, f"Judgements on whether our things are those of: {self.title or self.name}")


def _put_back(files: dict[Path, MappingSet | None]) -> None:
    """Give files what they held before, and take away those that were not there."""
    for path, before in files.items():
        if before is None:
            path.unlink(missing_ok=True)
        else:
            write(path, before)


def _ensure_alone(mapping: Mapping, sets: Iterable[MappingSet]) -> None:
    """An identifier is that of one thing, and a thing has one of a scheme, unless several are declared."""
    if mapping.judgement is not Judgement.MATCH:
        return
    for other in (other for each in sets for other in each.mappings):
        if other.judgement is not Judgement.MATCH or other.pair == mapping.pair or other.cardinality:
            continue
        if other.object == mapping.object:
            message = f"is judged to be {compact(other.subject)} already"
            raise JudgementConflict(message, where=mapping.object, fix="Take that judgement back first")
        if (
            other.subject == mapping.subject
            and other.object_source
            and other.object_source == mapping.object_source
        ):
            message = f"is judged to be {other.object} already"
            raise JudgementConflict(
                message, where=compact(mapping.subject), fix="Take that judgement back first"
            )
