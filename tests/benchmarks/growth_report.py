"""Tables and charts of the growth benchmark."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping
from typing import Any

from growth_chart import chart, slope

Found = Mapping[str, Mapping[str, Any]]


def tables(found: Found) -> str:
    """Return all tables in Markdown, sizes as columns and a slope at the end of each line."""
    return "\n".join([*_builds(found), "", *_queries(found), "", *_naive(found)])


def charts(found: Found) -> dict[str, str]:
    """Return the charts by name: of the build, and of the stored queries by engine."""
    lines = {name: points for name, points in _series(found).items() if points}
    build = {name: points for name, points in lines.items() if not name.startswith("queries ")}
    asked = {name: points for name, points in lines.items() if name.startswith("queries ")}
    return {
        "build": chart("Seconds of building and loading, by quads", build),
        "queries": chart("Stored queries: geometric mean of medians in milliseconds, by quads", asked),
    }


def sizes(found: Found) -> list[int]:
    """The sizes that were measured."""
    return sorted(int(size) for size in found if size.isdigit())


def _built(at: Mapping[str, Any]) -> Mapping[str, Any]:
    other: Mapping[str, Any] = at.get("without HermiT") or at["build"]
    return other


def _series(found: Found) -> dict[str, list[tuple[float, float]]]:
    lines: dict[str, list[tuple[float, float]]] = {}
    for size in sizes(found):
        at = found[str(size)]
        phases = _built(at).get("phases", {})
        for phase, (wall, computing, _) in phases.items():
            lines.setdefault(f"{phase}, wall", []).append((size, wall))
            lines.setdefault(f"{phase}, computing", []).append((size, computing))
        for place, name in enumerate(("wall", "computing") if phases else ()):
            lines.setdefault(f"build, {name}", []).append((size, _whole(at)[place]))
        if "seconds" in at.get("load", {}):
            lines.setdefault("Oxigraph bulk load", []).append((size, at["load"]["seconds"]))
        for engine, told in at.get("queries", {}).items():
            if "load" in told:
                lines.setdefault(f"{engine} load", []).append((size, told["load"]))
            if told.get("answers"):
                lines.setdefault(f"queries {engine}", []).append((size, geometric(told["answers"])))
    return lines


def _whole(at: Mapping[str, Any]) -> tuple[float, float]:
    """Wall and computing seconds of a build."""
    wall, computing, _ = zip(*_built(at)["phases"].values(), strict=True)
    return sum(wall), sum(computing)


def geometric(answers: Mapping[str, Any]) -> float:
    """The geometric mean of the medians of the queries that were answered, in milliseconds."""
    medians = [statistics.median(a["ms"]) for a in answers.values() if a.get("ms")]
    return math.exp(statistics.fmean(math.log(max(ms, 0.01)) for ms in medians)) if medians else math.nan


def _builds(found: Found) -> Iterator[str]:
    all_sizes = sizes(found)
    yield f"| seconds | {' | '.join(f'{size:,}' for size in all_sizes)} | slope |"
    yield "|---" * (len(all_sizes) + 2) + "|"
    for name, points in _series(found).items():
        if name.startswith("queries "):
            continue
        at = dict(points)
        rate = slope(points)
        cells = [f"{at[size]:.2f}" if size in at else "" for size in all_sizes]
        yield f"| {name} | {' | '.join(cells)} | {'' if rate is None else f'{rate:.2f}'} |"
    for name in ("memory", "disk", "findings"):
        cells = [f"{_built(found[str(size)]).get(name, math.nan):.0f}" for size in all_sizes]
        yield f"| {name}{'' if name == 'findings' else ' in MB'} | {' | '.join(cells)} | |"
    phases = [_built(at).get("phases", {}) for at in _each(found)]
    for phase in dict.fromkeys(name for of_size in phases for name in of_size):
        cells = [f"{of_size[phase][2]:.0f}" if phase in of_size else "" for of_size in phases]
        yield f"| memory after {phase} in MB | {' | '.join(cells)} | |"
    over = [_over_load(at) for at in _each(found)]
    yield f"| build over bulk load: wall, computing | {' | '.join(over)} | |"
    for name in ("median", "worst", "command"):
        cells = [f"{at['add'][name]:.0f}" if name in at.get("add", {}) else "" for at in _each(found)]
        yield f"| add, {name} ms | {' | '.join(cells)} | |"
    for size in all_sizes:
        for job in ("build", "without HermiT", "load", "add"):
            if "failed" in found[str(size)].get(job, {}):
                yield f"\n{job} at {size:,}: {found[str(size)][job]['failed']}"


def _each(found: Found) -> list[Mapping[str, Any]]:
    return [found[str(size)] for size in sizes(found)]


def _over_load(at: Mapping[str, Any]) -> str:
    load = at.get("load", {})
    if "seconds" not in load or "phases" not in _built(at):
        return ""
    wall, computing = _whole(at)
    return f"{wall / load['seconds']:.1f}, {computing / load['cpu']:.1f}"


def _queries(found: Found) -> Iterator[str]:
    for size in sizes(found):
        told = found[str(size)].get("queries", {})
        ours = told.get("oxigraph", {}).get("answers", {})
        others = {name: peer for name, peer in told.items() if name != "oxigraph"}
        for name, peer in others.items():
            if "failed" in peer:
                yield f"{name} at {size:,}: left out, {peer['failed']}"
        others = {name: peer["answers"] for name, peer in others.items() if "answers" in peer}
        yield f"\n{size:,} quads, milliseconds p50 (p95), rows:\n"
        yield f"| query | rows | ours | {' | '.join(others)} |"
        yield "|---" * (3 + len(others)) + "|"
        for query, answer in sorted(ours.items(), key=lambda item: -statistics.median(item[1]["ms"])):
            cells = [_cell(other.get(query, {}), answer) for other in others.values()]
            yield f"| {query} | {answer['rows']} | {_times(answer)} | {' | '.join(cells)} |"
        means = [f"{_shared(other, ours)}" for other in others.values()]
        yield f"| geometric mean | | {geometric(ours):.2f} | {' | '.join(means)} |"


def _shared(other: Mapping[str, Any], ours: Mapping[str, Any]) -> str:
    """Both geometric means over the queries that both answer alike."""
    alike = [name for name, a in ours.items() if other.get(name, {}).get("digest") == a["digest"]]
    if not alike:
        return "none alike"
    theirs, mine = (geometric({name: of[name] for name in alike}) for of in (other, ours))
    return f"{theirs:.2f} against {mine:.2f} on {len(alike)} alike"


def _cell(other: Mapping[str, Any], ours: Mapping[str, Any]) -> str:
    if "failed" in other:
        return f"failed: {other['failed'][:60]}"
    if not other:
        return ""
    same = "" if other["digest"] == ours["digest"] else f" DIFFERS ({other['rows']} rows)"
    return f"{_times(other)}{same}"


def _times(answer: Mapping[str, Any]) -> str:
    ms = sorted(answer["ms"])
    return f"{statistics.median(ms):.1f} ({ms[min(len(ms) - 1, int(0.95 * len(ms)))]:.1f})"


def _naive(found: Found) -> Iterator[str]:
    told = found.get("naive", {})
    if "failed" in told:
        yield f"rdflib, owlrl and pyshacl: {told['failed']}"
    measured = told.get("sizes", {})
    if not measured:
        return
    yield "| rdflib, owlrl, pyshacl: s | parse | admit | reason | check | facts ours, theirs | lacking |"
    yield "|---" * 7 + "|"
    for size, at in measured.items():
        cells = " | ".join(f"{at['naive'][name]:.2f}" for name in ("parse", "admit", "reason", "check"))
        yield f"| {size} | {cells} | {at['facts']} | {at['inferences that owlrl lacks']} |"
    points = [(float(at["quads"]), sum(at["naive"].values())) for at in measured.values()]
    rate = slope(points)
    if rate is not None:
        size, seconds = points[-1]
        for wanted in (10**5, 10**6):
            whole = seconds * (wanted / size) ** rate
            yield f"\nExtrapolated by slope {rate:.2f} to {wanted:,} quads: {whole:,.0f} s"
