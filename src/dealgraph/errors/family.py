"""The family of expected errors, but for those of a server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class DealgraphError(Exception):
    """Raise a subclass of this for anything a user can cause and put right.

    Arguments: `message`, what is wrong, without a final full stop; `where`, the file:line, claim,
    query or option that is wrong; `fix`, what to do, as a whole sentence.
    """

    exit_code: ClassVar[int] = 2
    http_status: ClassVar[int] = 400

    def __init__(self, message: str, *, where: str = "", fix: str = "") -> None:
        self.message = message
        self.where = where
        self.fix = fix
        super().__init__(message)

    def __str__(self) -> str:
        """One line: `where: message. fix`."""
        place = f"{self.where}: " if self.where else ""
        advice = f". {self.fix}" if self.fix else ""
        return f"{place}{self.message}{advice}"


class ViolationsFound(DealgraphError):
    """The graph was checked and breaks a shape or a check that the profile grades as a violation."""

    exit_code = 1
    http_status = 422


class OutOfDate(DealgraphError):
    """The snapshot that answers was made from other files, or by another program, or cannot be read."""

    exit_code = 1
    http_status = 409


class CannotCheck(DealgraphError):
    """A check could not be carried out, so that nothing can be said of the graph."""

    exit_code = 2
    http_status = 500


class NotCompiled(CannotCheck):
    """Shapes have something that is not compiled to SPARQL, so that pySHACL has to run them.

    `refused` names each such shape: `file:line: shape: what`.
    """

    def __init__(self, refused: Sequence[str]) -> None:
        self.refused = tuple(refused)
        super().__init__(f"not compiled: {'; '.join(refused)}", where="shapes", fix="Take another constraint")


class WrongUsage(DealgraphError):
    """The words of a command contradict each other or lack something."""

    exit_code = 2
    http_status = 400


class Inconsistent(DealgraphError):
    """The ontology and the facts contradict each other."""

    exit_code = 3
    http_status = 422


class NotAProject(DealgraphError):
    """A folder lacks what makes it a project: a `graph/` folder."""

    exit_code = 10
    http_status = 404


class SyntaxProblem(DealgraphError):
    """An RDF file does not parse."""

    exit_code = 11
    http_status = 400


class UnknownPrefix(DealgraphError):
    """A prefix is used in an RDF file or a query and declared nowhere."""

    exit_code = 12
    http_status = 400


class DuplicateId(DealgraphError):
    """Two places describe a node that only one may describe."""

    exit_code = 13
    http_status = 409


class StoredQueryDefect(DealgraphError):
    """A `.rq` file is not in the form of a stored query."""

    exit_code = 14
    http_status = 500


class WrongParameter(DealgraphError):
    """A value for a parameter of a stored query is unknown, missing or of the wrong type."""

    exit_code = 15
    http_status = 400


class UnknownName(DealgraphError):
    """No thing, query or article has the name that was given."""

    exit_code = 16
    http_status = 404


class AmbiguousName(DealgraphError):
    """Several things answer to the name that was given."""

    exit_code = 17
    http_status = 409


class NoSnapshot(DealgraphError):
    """There is no built snapshot to answer from."""

    exit_code = 18
    http_status = 503


class SnapshotUnwritable(DealgraphError):
    """The snapshot cannot be written, for want of room, rights or a lock."""

    exit_code = 19
    http_status = 503


class OtherVersion(DealgraphError):
    """The snapshot was written by a version of the program that stores things differently."""

    exit_code = 20
    http_status = 503


class QueryProblem(DealgraphError):
    """A SPARQL query does not parse or cannot be evaluated."""

    exit_code = 21
    http_status = 400


class FormatMisfit(DealgraphError):
    """The result cannot be written in the format that was asked for."""

    exit_code = 22
    http_status = 406


class TextProblem(DealgraphError):
    """The text of an article is missing or is not the one that the passages were taken from."""

    exit_code = 23
    http_status = 422


class ReasonerFailed(DealgraphError):
    """The reasoner gave no answer: no Java, a crash, or no end within the time allowed."""

    exit_code = 24
    http_status = 500


class Unreadable(DealgraphError):
    """A file or a folder cannot be read, or is not text in UTF-8."""

    exit_code = 25
    http_status = 500


class Interrupted(DealgraphError):
    """The work was stopped by the user before it had an effect."""

    exit_code = 130
    http_status = 503


class Misplaced(DealgraphError):
    """A file makes statements in a graph that it may not hold."""

    exit_code = 26
    http_status = 400


class NotEntailed(DealgraphError):
    """What was to be explained does not hold: it is no fact and does not follow from any."""

    exit_code = 31
    http_status = 404


class NoJava(ReasonerFailed):
    """The reasoner needs a Java runtime and there is none."""

    exit_code = 27
    http_status = 503


class ReasonerCrashed(ReasonerFailed):
    """The reasoner ended without an answer, for a reason of its own."""

    exit_code = 28
    http_status = 500


class ReasonerMemory(ReasonerFailed):
    """The reasoner needs more memory than it was allowed."""

    exit_code = 29
    http_status = 503


class ReasonerTimeout(ReasonerFailed):
    """The reasoner did not end within the time allowed, and was stopped."""

    exit_code = 30
    http_status = 503


class DescriptionDefect(DealgraphError):
    """The description of an outside source is not in its form."""

    exit_code = 50
    http_status = 422


class DatasetProblem(DealgraphError):
    """A file of outside data is not as its description has it."""

    exit_code = 51
    http_status = 422


class NotAllowed(DealgraphError):
    """A server would be asked that the user has not named."""

    exit_code = 52
    http_status = 403


class ServiceProblem(DealgraphError):
    """A server does not answer, or answers what cannot be used."""

    exit_code = 53
    http_status = 502


class NotRecorded(DealgraphError):
    """A server is not to be asked, and its answer was not kept from before."""

    exit_code = 54
    http_status = 503


class MappingHeader(DealgraphError):
    """A mapping file does not begin with the metadata and the columns of SSSOM."""

    exit_code = 40
    http_status = 400


class NoLicence(DealgraphError):
    """A file of data or mappings does not say under which licence it may be used."""

    exit_code = 41
    http_status = 422


class MappingRow(DealgraphError):
    """A row of a mapping file has a cell too many or too few, or a value that may not stand there."""

    exit_code = 42
    http_status = 400


class WrongIdentifier(DealgraphError):
    """An identifier cannot be one that its scheme has given: its form or its checksum is wrong."""

    exit_code = 43
    http_status = 422


class JudgementConflict(DealgraphError):
    """A judgement cannot stand beside one that was made before."""

    exit_code = 55
    http_status = 409


class AlreadyThere(DealgraphError):
    """An article or a file of things that is to be added is in the graph, with other content."""

    exit_code = 56
    http_status = 409


class NotThere(DealgraphError):
    """An article or a file of things that is to be replaced is not in the graph."""

    exit_code = 57
    http_status = 404


class StillReferredTo(DealgraphError):
    """An article cannot go as long as claims of others speak of its claims."""

    exit_code = 58
    http_status = 409
