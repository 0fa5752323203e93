"""The report of a check, for a person: where, what is wrong, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from dealgraph.cli.context import notice
from dealgraph.terms import compact

if TYPE_CHECKING:
    from dealgraph.check import Finding, Report

_STYLES = {"violation": "bold red", "warning": "yellow", "info": "dim"}
_SUMMARY = {
    "en": "{} rules on {} focus nodes: {} violation(s), {} warning(s)",
    "fr": "{} règles sur {} nœuds focaux : {} violation(s), {} avertissement(s)",
}


def tell_engine(report: Report) -> None:
    """Say on stderr which shapes are not compiled, so that the check took longer."""
    for reason in report.not_compiled:
        notice(f"{reason} is not compiled; pySHACL ran the shapes, which takes longer.")


def print_report(report: Report, language: str) -> None:
    """Print every finding in the report's order, then the count."""
    console = Console(emoji=False, highlight=False, soft_wrap=True)
    for finding in report.findings:
        console.print(_finding(finding, language))
    warnings = sum(finding.severity == "warning" for finding in report.findings)
    nodes = sum(report.focus_counts.values())
    rules = len(report.focus_counts)
    console.print(
        Text(_SUMMARY[language].format(rules, nodes, len(report.violations), warnings), style="bold")
    )


def _finding(finding: Finding, language: str) -> Text:
    message = finding.message(language)
    text = Text.assemble(
        (finding.severity, _STYLES.get(finding.severity, "")), "  ", (finding.where or "", "cyan")
    )
    text.append(f"  {compact(finding.focus)}" if finding.focus else "")
    text.append(f" {finding.path} {finding.value}".rstrip())
    text.append(f"\n    {message}")
    text.append(f"  [{finding.rule}]", style="dim")
    return text
