"""The canonical form of Turtle and TriG files: sorted, one value a line.

The same statements give the same bytes, whatever their order and whatever the labels of their blank
nodes were, and a changed value changes its own line only. Every entry ends in ` ;` and a lone `.`
ends a subject, so that the last entry is like the others. Source: Turtle 1.1, TriG 1.1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from dealgraph.errors import FormatMisfit
from dealgraph.terms import PREFIXES, compact, iri
from dealgraph.turtle.blanks import Blanks, settle
from dealgraph.turtle.document import Document, parse
from dealgraph.turtle.term import Node, literal, literal_key, natural
from dealgraph.turtle.tokens import tokens

_TYPE: Final = NamedNode(iri("rdf:type"))
_ONTOLOGY: Final = NamedNode(iri("owl:Ontology"))
_STEP: Final = " " * 4
_OPENS: Final = ("[\n", "(\n")
_LONGEST_LINE_OF_A_LIST: Final = 100

_Description = dict[NamedNode, list[Node]]
_Graph = dict[Node, _Description]


def format_text(text: str, name: str) -> str:
    """Put the text of a `.ttl` or `.trig` file in the canonical form; `name` is the name of the file.

    Raises `FormatMisfit` for a comment that the form has no place for and for a file of N-Triples or
    N-Quads, and what `document.parse` raises.
    """
    return formatted(parse(text, Path(name)))


def formatted(document: Document) -> str:
    """Return a document that was read in the canonical form; raises `FormatMisfit` as `format_text` does."""
    name = str(document.path)
    if document.path.suffix not in {".ttl", ".trig"}:
        raise FormatMisfit(
            f"the canonical form is Turtle or TriG, not {document.path.suffix}",
            where=name,
            fix="Rename the file to .ttl or .trig",
        )
    if document.strays:
        others = f", and {len(document.strays) - 1} more" if len(document.strays) > 1 else ""
        raise FormatMisfit(
            f"this comment would be lost{others}",
            where=f"{name}:{document.strays[0]}",
            fix="Move it to the head of the file, or say it in rdfs:comment or skos:editorialNote",
        )
    return write(document.quads, document.head)


def write(quads: Iterable[Quad], head: Iterable[str] = ()) -> str:
    """Write statements in the canonical form; reach for it whenever RDF is to be kept in a file.

    `head` are comment lines, each with its `#`. Returns TriG, which is Turtle as well if no quad is
    in a named graph: head, prefixes in use, default graph, named graphs. Lexical forms are kept; a
    repeated quad is written once. Raises `FormatMisfit` for a triple term of RDF 1.2.
    """
    settled, blanks = settle(quads)
    graphs: dict[Node | DefaultGraph, _Graph] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for quad in settled:
        if isinstance(quad.object, Triple):
            raise FormatMisfit(
                f"{quad.subject} has a triple term as a value, for which the canonical form has no place",
                fix="Describe a claim instead",
            )
        graphs[quad.graph_name][quad.subject][quad.predicate].append(quad.object)
    blocks = sorted(_block(graph, _Writer(subjects, blanks)) for graph, subjects in graphs.items())
    body = [text for _, text in blocks]
    sections = ["".join(f"{line}\n" for line in head), _prefixes(body), *body]
    return "\n".join(section for section in sections if section)


def _block(graph: Node | DefaultGraph, writer: _Writer) -> tuple[tuple[str, ...], str]:
    """The statements of one graph, after the key that sorts it: the default graph comes first."""
    if isinstance(graph, DefaultGraph):
        return (), writer.subjects()
    label = writer.label(graph)
    return natural(label), f"{label} {{\n{writer.subjects()}}}\n"


def _prefixes(body: Iterable[str]) -> str:
    """Declare the prefixes that the body uses, and no others."""
    words = (token.text for text in body for token in tokens(text) if token.kind == "word")
    used = {word.partition(":")[0] for word in words if ":" in word} & PREFIXES.keys()
    return "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(used))


@dataclass(frozen=True)
class _Writer:
    """Writes the statements of one graph; `indent` is the white space before the line of an entry."""

    graph: _Graph
    blanks: Blanks

    def subjects(self) -> str:
        """All descriptions, a blank line between two: an ontology first, blank nodes last."""
        shown = (node for node in self.graph if node not in self.blanks.nested)
        return "\n".join(text for *_, text in sorted(self._subject(node) for node in shown))

    def label(self, node: Node) -> str:
        """What stands for a subject or a graph: `[]` for a blank node that nothing refers to."""
        return self.blanks.labels.get(node, "[]") if isinstance(node, BlankNode) else self._text(node, "")

    def _subject(self, node: Node) -> tuple[int, tuple[str, str], str]:
        is_ontology = _ONTOLOGY in self.graph[node].get(_TYPE, ())
        rank = 0 if is_ontology else 2 if isinstance(node, BlankNode) else 1
        label = self.label(node)
        return rank, natural(label), f"{label}\n{self._entries(node, _STEP)}.\n"

    def _entries(self, node: Node, indent: str) -> str:
        description = self.graph.get(node, {})
        order = sorted(description, key=lambda p: (p != _TYPE, natural(compact(p.value))))
        return "".join(f"{indent}{_verb(p)} {self._values(description[p], indent)} ;\n" for p in order)

    def _values(self, terms: Iterable[Node], indent: str) -> str:
        """One value a line; a bracket opens on the line where the value before it ends."""
        first, *others = (text for *_, text in sorted(self._keyed(term, indent) for term in terms))
        between = f" ,\n{indent}{_STEP}"
        return first + "".join((" , " if text.startswith(_OPENS) else between) + text for text in others)

    def _keyed(self, term: Node, indent: str) -> tuple[int, tuple[str, ...], str]:
        """A term after its sort key: IRIs before literals before blank nodes, which sort by their text."""
        text = self._text(term, indent)
        match term:
            case NamedNode():
                return 0, natural(text), text
            case Literal():
                return 1, literal_key(term), text
        return 2, (), text

    def _text(self, term: Node, indent: str) -> str:
        match term:
            case NamedNode():
                return compact(term.value)
            case Literal():
                return literal(term)
        if term in self.blanks.lists:
            return self._list(self.blanks.lists[term], indent)
        return self._brackets(term, indent) if term in self.blanks.nested else self.label(term)

    def _brackets(self, node: Node, indent: str) -> str:
        entries = self._entries(node, indent + _STEP)
        return f"[\n{entries}{indent}]" if entries else "[]"

    def _list(self, items: Iterable[Node], indent: str) -> str:
        """A list on one line if it is short, else an item a line."""
        inner = indent + _STEP
        texts = [self._text(item, inner) for item in items]
        line = f"( {' '.join(texts)} )"
        if len(line) <= _LONGEST_LINE_OF_A_LIST and "\n" not in line:
            return line
        return "(\n" + "".join(f"{inner}{text}\n" for text in texts) + f"{indent})"


def _verb(predicate: NamedNode) -> str:
    return "a" if predicate == _TYPE else compact(predicate.value)
