"""The family of expected errors: what each tells a person and a script."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from dealgraph import errors
from dealgraph.errors import DealgraphError

# Scripts rely on these; a new kind of error takes the next free number.
PROMISED = {
    1: {errors.ViolationsFound, errors.OutOfDate},
    2: {errors.CannotCheck, errors.NotCompiled, errors.WrongUsage},
    3: {errors.Inconsistent},
    10: {errors.NotAProject},
    11: {errors.SyntaxProblem},
    12: {errors.UnknownPrefix},
    13: {errors.DuplicateId},
    14: {errors.StoredQueryDefect},
    15: {errors.WrongParameter},
    16: {errors.UnknownName},
    17: {errors.AmbiguousName},
    18: {errors.NoSnapshot},
    19: {errors.SnapshotUnwritable},
    20: {errors.OtherVersion},
    21: {errors.QueryProblem},
    22: {errors.FormatMisfit},
    23: {errors.TextProblem},
    24: {errors.ReasonerFailed},
    25: {errors.Unreadable},
    26: {errors.Misplaced},
    27: {errors.NoJava},
    28: {errors.ReasonerCrashed},
    29: {errors.ReasonerMemory},
    30: {errors.ReasonerTimeout},
    31: {errors.NotEntailed},
    40: {errors.MappingHeader},
    41: {errors.NoLicence},
    42: {errors.MappingRow},
    43: {errors.WrongIdentifier},
    50: {errors.DescriptionDefect},
    51: {errors.DatasetProblem},
    52: {errors.NotAllowed},
    53: {errors.ServiceProblem},
    54: {errors.NotRecorded},
    55: {errors.JudgementConflict},
    56: {errors.AlreadyThere},
    57: {errors.NotThere},
    58: {errors.StillReferredTo},
    60: {errors.OutOfTime},
    61: {errors.OutOfMemory},
    62: {errors.ResultTooLarge},
    63: {errors.RequestTooLarge},
    64: {errors.TooBusy},
    65: {errors.TooManyRequests},
    66: {errors.ReadOnly},
    67: {errors.WrongMedia},
    68: {errors.WrongMethod},
    69: {errors.NoSuchPage},
    70: {errors.Unbound},
    71: {errors.WorkerLost},
    72: {errors.BatchTooLarge},
    130: {errors.Interrupted},
}


def family(root: type[DealgraphError] = DealgraphError) -> Iterator[type[DealgraphError]]:
    for kind in root.__subclasses__():
        if kind.__module__.startswith(errors.__name__):
            yield kind
            yield from family(kind)


def test_every_error_keeps_the_exit_code_that_was_promised() -> None:
    found = defaultdict(set)
    for kind in family():
        found[kind.exit_code].add(kind)
    assert found == PROMISED


def test_an_exit_code_fits_in_the_byte_that_a_shell_sees() -> None:
    assert all(0 < kind.exit_code < 256 for kind in family())


@pytest.mark.parametrize("kind", tuple(family()), ids=lambda kind: kind.__name__)
def test_every_error_has_a_meaning_and_an_http_status_of_failure(kind: type[DealgraphError]) -> None:
    assert kind.__doc__ != DealgraphError.__doc__
    assert re.fullmatch(r"[A-Z`].+\.", (kind.__doc__ or "").strip(), re.DOTALL)
    assert kind.http_status in range(400, 600)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (DealgraphError("is wrong"), "is wrong"),
        (DealgraphError("is wrong", where="a.ttl:3"), "a.ttl:3: is wrong"),
        (DealgraphError("is wrong", fix="Put it right"), "is wrong. Put it right"),
        (DealgraphError("is wrong", where="a.ttl:3", fix="Put it right"), "a.ttl:3: is wrong. Put it right"),
    ],
)
def test_an_error_reads_where_what_and_what_to_do(error: DealgraphError, text: str) -> None:
    assert str(error) == text
