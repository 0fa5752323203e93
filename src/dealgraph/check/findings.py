"""What a check found: one type for shapes, rules and queries, in an order that never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from dealgraph.terms import compact


class Severity(StrEnum):
    """How grave a finding is, the gravest first; only a violation makes a graph fail."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


_GRAVITY = {severity: place for place, severity in enumerate(Severity)}
_IN_FRENCH = dict(zip(Severity, ("violation", "avertissement", "information"), strict=True))


@dataclass(frozen=True)
class Breach:
    """What a rule has against a node, not yet graded and placed; the fields are those of a `Finding`."""

    rule: str
    focus: str
    path: str
    value: str
    message_en: str
    message_fr: str


@dataclass(frozen=True)
class Finding:
    """One breach of one rule: at which node, on which path, by which value, and what to do about it.

    `focus` and `value` are IRIs or the text of literals, `path` is in SPARQL's notation; `value`, `path` and
    `where` (`file:line` of the node) are empty where there is none.
    """

    severity: Severity
    rule: str
    focus: str
    path: str
    value: str
    message_en: str
    message_fr: str
    where: str

    def message(self, language: str) -> str:
        """Return the message in French for `fr`, else in English."""
        return self.message_fr if language == "fr" else self.message_en

    def text(self, language: str) -> str:
        """Return the finding in one line: `where: severity: focus path value: message [rule]`."""
        severity = _IN_FRENCH[self.severity] if language == "fr" else self.severity
        about = " ".join(part for part in (_short(self.focus), self.path, _short(self.value)) if part)
        head = ": ".join(part for part in (self.where, severity, about) if part)
        return f"{head}: {self.message(language)} [{self.rule}]"


@dataclass(frozen=True)
class Report:
    """The outcome of a check: findings from the gravest on, and how often each rule was applied.

    `focus_counts` has the number of focus nodes of every shape and rule by its name, `empty_shapes` the
    names of those that had none: such a rule has checked nothing, whatever it says. `engine` ran the shapes;
    if that was pySHACL because shapes are not compiled, `not_compiled` names them, with place and reason.
    `left_out` are checks that were not run, because they look at everything and only a change was checked.
    """

    findings: tuple[Finding, ...]
    shapes_run: tuple[str, ...]
    focus_counts: Mapping[str, int]
    empty_shapes: tuple[str, ...]
    engine: str = "compiled"
    not_compiled: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Tell whether nothing was found that is graded a violation."""
        return not self.violations

    @property
    def violations(self) -> tuple[Finding, ...]:
        """The findings that make the graph fail."""
        return self._graded(Severity.VIOLATION)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that a curator should look at and that fail nothing."""
        return self._graded(Severity.WARNING)

    def to_json(self) -> dict[str, object]:
        """Return the report as plain data for `json.dumps`, the messages in both languages."""
        return {
            "conforms": self.conforms,
            "counts": {severity.value: len(self._graded(severity)) for severity in Severity},
            "findings": [_as_data(finding) for finding in self.findings],
            "focusNodes": dict(sorted(self.focus_counts.items())),
            "neverApplied": list(self.empty_shapes),
            "engine": self.engine,
            "notCompiled": list(self.not_compiled),
            "leftOut": list(self.left_out),
        }

    def text(self, language: str) -> str:
        """Return the findings one a line, in the report's order; empty if there are none."""
        return "".join(f"{finding.text(language)}\n" for finding in self.findings)

    def _graded(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is severity)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by severity, place, focus node, rule, path and value, each of them once."""
    return tuple(sorted(set(findings), key=_key))


def _key(finding: Finding) -> tuple[object, ...]:
    place = (_GRAVITY[finding.severity], _natural(finding.where), _natural(finding.focus))
    return (*place, finding.rule, finding.path, finding.value, finding.message_en)


def _natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    parts = re.split(r"([0-9]+)", text)
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)


def _short(term: str) -> str:
    return compact(term) if "://" in term and " " not in term else term


def _as_data(finding: Finding) -> dict[str, object]:
    data = asdict(finding)
    return data | {"message": {"en": data.pop("message_en"), "fr": data.pop("message_fr")}}
