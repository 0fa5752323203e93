"""All that a project's queries and ontology say of how a change goes on, made ready once for many changes."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from dealgraph.admit import ADMISSION
from dealgraph.derive import RULES
from dealgraph.horn import Program, from_json, to_json
from dealgraph.increment.affected import Watched
from dealgraph.increment.footprint import FOOTPRINTS, Footprint, footprint
from dealgraph.increment.restricting import Frame
from dealgraph.increment.rules import Rule
from dealgraph.kept import Codec
from dealgraph.program import program
from dealgraph.reason import BACKGROUND
from dealgraph.sources import ONTOLOGY
from dealgraph.stored import Parameter, StoredQuery, load_all, named
from dealgraph.terms import iri

CHECKS: Final = "checks"
FOCUS: Final = "focus"
"""The variable of a stored check that names what its rows are about."""

FRAMES: Final = Codec((Frame,))
"""How queries on parts are kept."""

T = TypeVar("T")
WHOLE: Final = "whole"
"""The tag of a check that looks at everything at once and is left to a full build and to `check`."""

_OF_EACH: Final = "query"
"""The kind of what is kept query by query; of every other kind there is one file."""
_IDENTIFYING: Final = NamedNode(iri("dg:identifying"))
_TRUE: Final = Literal("true", datatype=NamedNode(iri("xsd:boolean")))


@dataclass(frozen=True)
class Rulebook:
    """The stored queries of a project and its ontology, ready for changes.

    `store` holds the ontology and the background; `cache` is a folder for what takes long to work out, and
    `of` a digest of the files of the ontology and the queries (empty: unknown, and less is kept).
    """

    folder: Path
    store: Store
    cache: Path
    of: str = ""

    @cached_property
    def queries(self) -> tuple[StoredQuery, ...]:
        """The stored queries that matter to changes; raises `StoredQueryDefect`."""
        topics = (ADMISSION.partition("/")[0], RULES, CHECKS)
        return self.kept("queries", Codec((StoredQuery, Parameter)), lambda: load_all(self.folder, topics))

    @cached_property
    def admission(self) -> StoredQuery:
        """The rule of admission."""
        return named(self.queries, ADMISSION)

    @cached_property
    def links(self) -> frozenset[NamedNode]:
        """The identifying properties, along which a fact brings the frame of what it speaks of."""
        found = self.store.quads_for_pattern(None, _IDENTIFYING, _TRUE, ONTOLOGY)
        return frozenset(quad.subject for quad in found if isinstance(quad.subject, NamedNode))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The stored rules."""
        rules = (query for query in self.queries if query.topic == RULES)
        return tuple(Rule.of(query, self._footprints[query.text], self._frames_of(query)) for query in rules)

    @cached_property
    def checks(self) -> tuple[tuple[StoredQuery, Watched], ...]:
        """The stored checks, each with what tells which of its rows a change can bring."""
        return tuple(
            (query, Watched(query.text, FOCUS, self._footprints[query.text], self._frames_of(query)))
            for query in self.queries
            if query.topic == CHECKS and WHOLE not in query.tags
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of the checks that compare everything with everything: a change is not put to them."""
        return tuple(query.name for query in self.queries if query.topic == CHECKS and WHOLE in query.tags)

    @cached_property
    def program(self) -> Program:
        """The ontology as rules."""
        graphs = [g for g in self.store.named_graphs() if isinstance(g, NamedNode)]
        background = [graph for graph in graphs if graph.value.startswith(BACKGROUND)]

        def known() -> tuple[list[Triple], list[Triple]]:
            return _triples(self.store, [ONTOLOGY]), _triples(self.store, background)

        def compiled() -> Program:
            from dealgraph.horn.compiling import compile_program

            return compile_program(*known())

        return self._kept(f"horn-{self.of or _digest(*known())}", from_json, compiled, to_json)

    def kept(self, name: str, codec: Codec, make: Callable[[], T]) -> T:
        """Take from the cache what follows from the ontology and the queries, or work it out."""
        if not self.of:
            return make()
        read: Callable[[str], T | None] = codec.from_json
        return self._kept(f"{name}-{self.of}", read, make, codec.to_json)

    @cached_property
    def _frames(self) -> dict[str, dict[str, Frame]]:
        """The queries on parts of rules and checks that were asked before, by the text of the whole."""
        found = (self._read(f"frames-{self.of}", FRAMES.from_json) if self.of else None) or {}
        self._known["frames"] = _number(found)
        return {text: dict(frames) for text, frames in found.items()}

    @cached_property
    def _known(self) -> dict[str, int]:
        return {}

    def _frames_of(self, query: StoredQuery) -> dict[str, Frame]:
        return self._frames.setdefault(query.text, {})

    def keep_frames(self) -> None:
        """Keep the queries that were asked of parts of rules and checks, if there are new ones."""
        number = _number(self._frames)
        if self.of and self._known["frames"] < number:
            self._write(f"frames-{self.of}", FRAMES.to_json(self._frames))
            self._known["frames"] = number

    @cached_property
    def _footprints(self) -> Mapping[str, Footprint]:
        """Where each rule and check touches the data, by its text."""
        told = [query for query in self.queries if query.topic in (RULES, CHECKS)]
        return self.kept("footprints", FOOTPRINTS, lambda: {q.text: self._footprint(q) for q in told})

    def _footprint(self, query: StoredQuery) -> Footprint:
        name = f"{_OF_EACH}-{hashlib.sha256(query.text.encode()).hexdigest()}"
        read: Callable[[str], Footprint | None] = FOOTPRINTS.from_json
        return self._kept(name, read, lambda: footprint(query.text), FOOTPRINTS.to_json)

    def _kept(
        self, name: str, read: Callable[[str], T | None], make: Callable[[], T], write: Callable[[T], str]
    ) -> T:
        """Take what was worked out before from the cache, or work it out; the name says of what."""
        found = self._read(name, read)
        if found is None:
            found = make()
            self._write(name, write(found))
        return found

    def _read(self, name: str, read: Callable[[str], T | None]) -> T | None:
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
            return read(self._path(name).read_text(encoding="utf-8"))
        return None

    def _write(self, name: str, text: str) -> None:
        kept = self._path(name)
        self.cache.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(kept)
        self._clear(name.partition("-")[0], kept)

    def _clear(self, kind: str, kept: Path) -> None:
        """Remove what was kept of the same kind for other files, or by another version of the program."""
        for path in self.cache.glob(f"{kind}-*.json"):
            is_of_now = path.stem.endswith(f"-{_version()}")
            if path != kept and not (is_of_now and kind == _OF_EACH):
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.cache / f"{name[:48]}-{_version()}.json"


def _version() -> str:
    return program()[-12:]


def _number(frames: Mapping[str, Mapping[str, Frame]]) -> int:
    return sum(map(len, frames.values()))


def _digest(ontology: Iterable[Triple], background: Iterable[Triple]) -> str:
    from dealgraph.horn.compiling import digest_of

    return digest_of(ontology, background)


def _triples(store: Store, graphs: Iterable[NamedNode]) -> list[Triple]:
    return [quad.triple for graph in graphs for quad in _quads(store, graph)]


def _quads(store: Store, graph: NamedNode) -> Iterable[Quad]:
    return store.quads_for_pattern(None, None, None, graph)
