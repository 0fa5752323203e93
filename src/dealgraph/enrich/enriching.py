"""Bring a newer snapshot of an outside dataset into the project: read, match, compare, write one file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from dealgraph import mapping, sources
from dealgraph.enrich.outside import FILE, Outside
from dealgraph.enrich.quads import Snapshot, quads_of
from dealgraph.enrich.records import Linked, linked, matched, unseen
from dealgraph.enrich.statement import Slot, Statement, content_of
from dealgraph.enrich.update import Held, Update, update
from dealgraph.enrich.values import Label, Reader
from dealgraph.errors import DatasetProblem, WrongUsage
from dealgraph.evidence import Evidence
from dealgraph.settings import Project
from dealgraph.terms import compact, iri
from dealgraph.turtle import write
from dealgraph.turtle.document import write_text


@dataclass(frozen=True)
class Enriched:
    """What a snapshot adds, and the file that says so; it is `fresh` if the file did not say so before.

    `statements` has every value that the snapshot gives, changed or not; `gone` the outside entities that a
    mapping matches and no record is about any more.
    """

    snapshot: Snapshot
    update: Update
    statements: Mapping[Slot, Statement]
    gone: tuple[tuple[str, str], ...]
    file: Path
    text: str
    fresh: bool


def enrich(
    project: Project, outside: Outside, folder: Path, day: dt.date, retrieved: dt.date, *, allow_gone: bool
) -> Enriched:
    """Work out what a snapshot adds to the claims of its dataset; nothing is written, see `keep`.

    `folder` holds the tables, `day` is the day on which the dataset stood so, `retrieved` the one on which it
    was fetched. Raises what reading the project, its mappings and the tables raises; `WrongUsage` for a
    snapshot older than the last one; `DatasetProblem` for two values in one place, and for matched keys
    that are no longer in the data, unless `allow_gone`: then their claims are withdrawn.
    """
    if retrieved < day:
        raise WrongUsage(
            f"was fetched on {retrieved}, before the day {day}", where="--retrieved", fix="Give a later day"
        )
    read = sources.load(project)
    earlier = _earlier(read.quads, outside, day)
    known = matched(mapping.load(project))
    records = linked(outside, known, folder)
    gone = unseen(outside, known, records)
    if gone and not allow_gone:
        raise _gone(outside, gone)
    statements = _by_slot(records, Reader(day, known, _labels(read.quads)).statements(records))
    told = update(_standing(earlier), {slot: statement.content for slot, statement in statements.items()})
    snapshot = Snapshot(outside, day, retrieved)
    text = write(quads_of(snapshot, statements, told))
    file = outside.path.parent / f"{day.isoformat()}.trig"
    fresh = not file.is_file() or file.read_text(encoding="utf-8") != text
    return Enriched(snapshot, told, statements, gone, file, text, fresh)


def keep(enriched: Enriched) -> None:
    """Write the file of a snapshot, whole or not at all; raises `Unreadable` if it cannot be written."""
    write_text(enriched.file, enriched.text)


def _earlier(quads: Iterable[Quad], outside: Outside, day: dt.date) -> Evidence:
    """The claims of the dataset's snapshots before a day; raises `WrongUsage` if there is one after it."""
    store = Store()
    store.bulk_extend(quads)
    everything = Evidence(store)
    dataset, link = NamedNode(iri(f"dataset:{outside.name}")), NamedNode(iri("dg:snapshotOf"))
    of_it = {quad.subject for quad in store.quads_for_pattern(None, link, dataset, None)}
    for graph in everything.snapshots:
        published = everything.published(graph)
        if NamedNode(graph) in of_it and published > day:
            raise WrongUsage(
                f"the snapshot of {day} is older than that of {published}, which is there already",
                where="--snapshot",
                fix="Add snapshots in the order of their days",
            )
        if NamedNode(graph) not in of_it or published == day:
            store.remove_graph(NamedNode(graph))
    return Evidence(store)


def _standing(earlier: Evidence) -> dict[Slot, Held]:
    """What the earlier snapshots claim and have neither superseded nor withdrawn."""
    claims = (claim for claim in earlier.claims() if claim.cells and claim.iri not in earlier.replaced)
    return {(c.subject, c.predicate): Held(c.iri, content_of(c)) for c in claims}


def _by_slot(records: Iterable[Linked], statements: Iterable[Statement]) -> dict[Slot, Statement]:
    found: dict[Slot, Statement] = {}
    for statement in statements:
        other = found.setdefault(statement.slot, statement)
        if other is not statement:
            subject, predicate = map(compact, statement.slot)
            keys = sorted({cell.record for each in (other, statement) for cell in each.cells})
            places = [record.record.where for record in records if record.key in keys]
            raise DatasetProblem(
                f"two columns give {subject} a value for {predicate}",
                where=places[-1] if places else "",
                fix=f"Keep one claim on it in {FILE}",
            )
    return found


def _labels(quads: Iterable[Quad]) -> Label:
    store = Store()
    label = NamedNode(iri("rdfs:label"))
    store.bulk_extend(quad for quad in quads if quad.predicate == label)
    return Evidence(store).label


def _gone(outside: Outside, gone: tuple[tuple[str, str], ...]) -> DatasetProblem:
    listed = ", ".join(f"{compact(thing)} ({entity})" for entity, thing in gone)
    return DatasetProblem(
        f"no record is left of what mappings match: {listed}",
        where=outside.shown,
        fix="Check the mappings; with --allow-gone what was claimed of them is withdrawn",
    )
