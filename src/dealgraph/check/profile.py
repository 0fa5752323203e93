"""The profile: how grave a breach of each rule is, kept apart from the rules themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from dealgraph.check.findings import Severity
from dealgraph.errors import CannotCheck

HEADER: Final = "shape\tseverity"

Profile = Mapping[str, Severity]
"""The severity of every rule by its name: `shape:ClaimHasPassage`, `rule:...` or `checks/...`."""


def read_profile(text: str, name: str) -> dict[str, Severity]:
    """Read a profile; reach for it to grade what `validate` finds.

    `text` is tab-separated: the header `shape`, `severity`, then a rule and its severity (violation,
    warning or info) in each line, sorted; `name` is the file, for messages. Raises `CannotCheck`.
    """
    header, *lines = text.splitlines() or [""]
    if header != HEADER:
        raise CannotCheck(f"the header is {header!r}", where=f"{name}:1", fix=f"Begin with {HEADER!r}")
    profile: dict[str, Severity] = {}
    for number, line in enumerate(lines, 2):
        rule, severity = _row(line, f"{name}:{number}")
        if profile and rule <= (last := next(reversed(profile))):
            message = f"{rule} stands after {last}"
            raise CannotCheck(message, where=f"{name}:{number}", fix="Sort the lines, each rule once")
        profile[rule] = severity
    return profile


def ensure_complete(profile: Profile, rules: Collection[str]) -> None:
    """Raise `CannotCheck` unless the profile grades all of the rules and nothing else."""
    if ungraded := sorted(set(rules) - profile.keys()):
        message = f"the profile does not grade {', '.join(ungraded)}"
        raise CannotCheck(message, where=ungraded[0], fix="Add a line for each, in its place")
    if unknown := sorted(profile.keys() - set(rules)):
        message = f"the profile grades {', '.join(unknown)}, which no shape, rule or query is called"
        raise CannotCheck(message, where=unknown[0], fix="Correct the name or remove the line")


def _row(line: str, where: str) -> tuple[str, Severity]:
    cells = line.split("\t")
    if len(cells) != 2 or not cells[0]:
        raise CannotCheck(
            "not a rule, a tab and a severity", where=where, fix="Write: shape:Name<tab>warning"
        )
    if cells[1] not in set(Severity):
        fix = f"Take one of: {', '.join(Severity)}"
        raise CannotCheck(f"{cells[1]!r} is not a severity", where=where, fix=fix)
    return cells[0], Severity(cells[1])
