"""The constraints of SHACL Core that look at values, each as what breaks it.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, section 4. Where that text says that a
comparison which cannot be made is a violation, the expression is made false instead of an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from pyoxigraph import Literal, NamedNode

from dealgraph.shacl.datatypes import is_of
from dealgraph.shacl.graph import TYPE, Term
from dealgraph.shacl.paths import Path, walked
from dealgraph.shacl.pattern import Pattern, any_of, surely
from dealgraph.shacl.scope import Scope
from dealgraph.shacl.steps import Step, after, steps


class Constraint(Protocol):
    """One constraint of a shape: its component, and the patterns that no focus node may match."""

    @property
    def component(self) -> str:
        """The local name of the component in the SHACL vocabulary, without ConstraintComponent."""

    def patterns(self, path: Path | None, focus: str, scope: Scope) -> Iterator[Pattern]:
        """Yield what breaks the constraint at `focus`, a variable; `path` is that of the shape, if any."""

    def reads(self, path: Path | None) -> Iterator[Step]:
        """Yield the statements that the constraint looks at, from a focus node on."""


class OfEachValue:
    """A constraint that each value node meets or not by itself."""

    def test(self, value: str, scope: Scope) -> str:
        """Return the expression that a value node meets the constraint; it never fails."""
        raise NotImplementedError

    def patterns(self, path: Path | None, focus: str, scope: Scope) -> Iterator[Pattern]:
        """Yield the values that fail the test."""
        if path is None:
            yield Pattern("", f"!({self.test(focus, scope)})", focus)
            return
        value = scope.new("v")
        yield Pattern(step(focus, path, value), f"!({self.test(value, scope)})", value)

    def reads(self, path: Path | None) -> Iterator[Step]:
        """Yield the statements along the path, and those about each value."""
        yield from steps(path)
        yield from after(path, self.of_value())

    def of_value(self) -> Iterator[Step]:
        """Yield the statements that the test looks at, from a value node on."""
        yield from ()


def step(focus: str, path: Path, value: str) -> str:
    """Return the triple pattern from a node along a path."""
    return f"{focus} {walked(path)} {value} ."


def same(one: str, other: Term | str) -> str:
    """Return the expression that two terms are the same term, which `=` does not ask."""
    return f"sameTerm({one}, {other})"


@dataclass(frozen=True)
class Class(OfEachValue):
    """`sh:class` (4.1.1)."""

    kind: NamedNode
    component: ClassVar[str] = "Class"

    def test(self, value: str, scope: Scope) -> str:
        """A node with a type that is the class or below it."""
        type_, kinds = scope.new("k"), ", ".join(map(str, scope.kinds(self.kind)))
        return f"EXISTS {{ {value} a {type_} FILTER({type_} IN ({kinds})) }}"

    def of_value(self) -> Iterator[Step]:
        """The types of a value."""
        yield Step(None, TYPE, kind=self.kind)


@dataclass(frozen=True)
class Datatype(OfEachValue):
    """`sh:datatype` (4.1.2)."""

    datatype: NamedNode
    component: ClassVar[str] = "Datatype"

    def test(self, value: str, scope: Scope) -> str:  # noqa: ARG002 - of the same form as the others
        """A literal of the datatype whose text fits it."""
        return is_of(value, self.datatype)


@dataclass(frozen=True)
class NodeKind(OfEachValue):
    """`sh:nodeKind` (4.1.3); `tests` are the SPARQL functions of the kinds that are allowed."""

    tests: tuple[str, ...]
    component: ClassVar[str] = "NodeKind"

    def test(self, value: str, scope: Scope) -> str:  # noqa: ARG002
        """A node of one of the kinds."""
        return any_of([f"{test}({value})" for test in self.tests])


@dataclass(frozen=True)
class Bound(OfEachValue):
    """`sh:minInclusive` and its like (4.3)."""

    component: str
    operator: str
    limit: Literal

    def test(self, value: str, scope: Scope) -> str:  # noqa: ARG002
        """A value that can be compared with the limit and is on its right side."""
        return surely(f"{value} {self.operator} {self.limit}")


@dataclass(frozen=True)
class Length(OfEachValue):
    """`sh:minLength` and `sh:maxLength` (4.4.1, 4.4.2)."""

    component: str
    operator: str
    limit: int

    def test(self, value: str, scope: Scope) -> str:  # noqa: ARG002
        """A term other than a blank node whose text is long or short enough, in code points."""
        return surely(f"STRLEN(STR({value})) {self.operator} {self.limit}")


@dataclass(frozen=True)
class Matches(OfEachValue):
    """`sh:pattern` with `sh:flags` (4.4.3)."""

    pattern: Literal
    flags: str
    component: ClassVar[str] = "Pattern"

    def test(self, value: str, scope: Scope) -> str:  # noqa: ARG002
        """A term other than a blank node whose text has a part that matches."""
        flags = f", {Literal(self.flags)}" if self.flags else ""
        return surely(f"REGEX(STR({value}), {Literal(self.pattern.value)}{flags})")


@dataclass(frozen=True)
class LanguageIn(OfEachValue):
    """`sh:languageIn` (4.4.4)."""

    ranges: tuple[str, ...]
    component: ClassVar[str] = "LanguageIn"

    def test(self, value: str, scope: Scope) -> str:  # noqa: ARG002
        """A literal with a language tag in one of the ranges."""
        return any_of([surely(f"LANGMATCHES(LANG({value}), {Literal(tag)})") for tag in self.ranges])


@dataclass(frozen=True)
class In(OfEachValue):
    """`sh:in` (4.8.3)."""

    members: tuple[NamedNode | Literal, ...]
    component: ClassVar[str] = "In"

    def test(self, value: str, scope: Scope) -> str:  # noqa: ARG002
        """One of the members."""
        named = ", ".join(str(member) for member in self.members if isinstance(member, NamedNode))
        tests = [surely(f"{value} IN ({named})")] if named else []
        return any_of(tests + [same(value, member) for member in self.members if isinstance(member, Literal)])


@dataclass(frozen=True)
class HasValue:
    """`sh:hasValue` (4.8.2)."""

    term: NamedNode | Literal
    component: ClassVar[str] = "HasValue"

    def patterns(self, path: Path | None, focus: str, scope: Scope) -> Iterator[Pattern]:  # noqa: ARG002
        """Yield a focus node none of whose values is the term."""
        if path is None:
            yield Pattern("", f"!{same(focus, self.term)}")
            return
        yield Pattern("", f"NOT EXISTS {{ {step(focus, path, str(self.term))} }}")

    def reads(self, path: Path | None) -> Iterator[Step]:
        """Yield the statements along the path."""
        return steps(path)


@dataclass(frozen=True)
class UniqueLang:
    """`sh:uniqueLang true` (4.4.5)."""

    component: ClassVar[str] = "UniqueLang"

    def patterns(self, path: Path | None, focus: str, scope: Scope) -> Iterator[Pattern]:
        """Yield a focus node with two values of one language."""
        assert path is not None, "the reader of shapes asks for a path"
        one, other = scope.new("v"), scope.new("v")
        condition = f'!{same(one, other)} && LANG({one}) != "" && LCASE(LANG({one})) = LCASE(LANG({other}))'
        found = Pattern(f"{step(focus, path, one)} {step(focus, path, other)}", condition)
        yield Pattern("", f"EXISTS {{ {found.body()} }}")

    def reads(self, path: Path | None) -> Iterator[Step]:
        """Yield the statements along the path."""
        return steps(path)
