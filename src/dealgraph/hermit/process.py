"""Run HermiT on a file, within a time and a memory, and tell its ways of failing apart."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from dealgraph.errors import ReasonerCrashed, ReasonerFailed, ReasonerMemory, ReasonerTimeout

_HERMIT: Final = "HermiT"
_PROGRAM: Final = "org.semanticweb.HermiT.cli.CommandLine"
# -v makes it say that it is done, which its exit code does not: it is 0 also where the file does not parse.
_ALWAYS: Final = ("-v", "--ignoreUnsupportedDatatypes")
EVERYTHING: Final = ("-c", "-O", "-I", "-Y")
"""Classify classes, object properties, instances and property values."""
CONSISTENCY: Final = ("-k",)
"""Only see whether anything can exist at all."""
_DONE: Final = "...action completed in "
# One collector and one compiler halve the cost of a short run; nested axioms need a deep stack.
_JVM: Final = (
    "-XX:+IgnoreUnrecognizedVMOptions",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError",
    "-Xss64m",
    "-Dfile.encoding=UTF-8",
    "-Duser.language=en",
)

_THROWN: Final = re.compile(r'^Exception in thread "main" ([\w.$]+).*$', re.MULTILINE)
_UNPARSED: Final = re.compile(r"^It all went pear-shaped: (.*)$", re.MULTILINE)
_INCONSISTENT: Final = "org.semanticweb.owlapi.reasoner.InconsistentOntologyException"
_OUT_OF_MEMORY: Final = re.compile(r"java\.lang\.OutOfMemoryError|initialization of VM\s[^\n]*\bheap\b")
_REFUSALS: Final = (
    "java.lang.IllegalArgumentException",
    "org.semanticweb.HermiT.datatypes.",
    "org.semanticweb.owlapi.",
    "org.coode.owlapi.",
)


def run(
    java: Path,
    ontology: Path,
    *,
    time_limit: float,
    memory_mb: int,
    questions: tuple[str, ...] = EVERYTHING,
) -> str | None:
    """Return all that HermiT prints about an ontology, or nothing where it is inconsistent.

    `questions` are `EVERYTHING` or `CONSISTENCY`. `ontology` is a file in N-Triples without imports,
    `time_limit` is in seconds of wall clock, `memory_mb` bounds the heap, in megabytes. Raises
    `ReasonerTimeout` after ending every process that was started, `ReasonerMemory`, `ReasonerCrashed`,
    and `ReasonerFailed` for an ontology that HermiT does not take (one outside OWL 2 DL).
    """
    command = [str(java), f"-Xmx{memory_mb}m", *_JVM, "-cp", _class_path(), _PROGRAM, *_ALWAYS, *questions]
    try:
        code, printed, told = _ended([*command, ontology.as_uri()], time_limit)
    except OSError as error:
        raise ReasonerCrashed(f"cannot be started ({error.strerror})", where=str(java)) from None
    except subprocess.TimeoutExpired:
        raise ReasonerTimeout(
            f"no answer after {time_limit:g} s",
            where=_HERMIT,
            fix="Allow more time, or reason over fewer facts",
        ) from None
    if code == 0 and _DONE in told:
        return printed
    thrown = _THROWN.search(told)
    if thrown and thrown[1] == _INCONSISTENT:
        return None
    raise _failure(code, printed, told, memory_mb)


def _class_path() -> str:
    """Return where owlready2 keeps HermiT: first its own changes to it, then the archive."""
    found = find_spec("owlready2")
    if found is None or found.origin is None:
        raise ReasonerCrashed(
            "the package owlready2, which carries it, is missing",
            where=_HERMIT,
            fix="Run: pip install owlready2",
        )
    folder = Path(found.origin).parent / "hermit"
    return os.pathsep.join([str(folder), str(folder / "HermiT.jar")])


def _ended(command: list[str], time_limit: float) -> tuple[int, str, str]:
    """Run a command to its end and return its exit code, output and messages; nothing of it outlives this."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            printed, told = process.communicate(timeout=time_limit)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, printed, told


def _failure(code: int, printed: str, told: str, memory_mb: int) -> ReasonerFailed:
    if _OUT_OF_MEMORY.search(printed) or _OUT_OF_MEMORY.search(told):
        return ReasonerMemory(
            f"{memory_mb} MB of memory do not suffice, or are not to be had",
            where=_HERMIT,
            fix="Allow more memory, or reason over fewer facts",
        )
    if refusal := _refusal(told):
        return ReasonerFailed(
            f"does not take the ontology: {refusal}", where=_HERMIT, fix="Keep the axioms within OWL 2 DL"
        )
    ending = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code} and no answer"
    return ReasonerCrashed(f"{ending}: {_last_words(printed, told)}", where=_HERMIT)


def _refusal(told: str) -> str:
    """Return why HermiT or its parser does not take an ontology, in its own words on one line."""
    if unparsed := _UNPARSED.search(told):
        return unparsed[1]
    thrown = _THROWN.search(told)
    if thrown and thrown[1].startswith(_REFUSALS):
        message, _, _ = told[thrown.end(1) :].partition("\n\tat ")
        return " ".join(message.removeprefix(":").split()) or thrown[1]
    return ""


def _last_words(printed: str, told: str) -> str:
    thrown = _THROWN.search(told)
    if thrown:
        return thrown[0]
    lines = [line for line in (printed + told).splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
