"""The closure against conformance tests of others, which stay outside the project.

The variable `DEALGRAPH_OWL2_TESTS` names the folder they are in; `conformance_cases` says in which form.
A test that asks for more than the rules of OWL 2 RL give is in `exceptions.tsv` with the reason, and must
fail: one that begins to pass is taken off the list.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest
from conformance_cases import folders, passes, read

VARIABLE: Final = "DEALGRAPH_OWL2_TESTS"
FOLDER: Final = Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None
NOT_SET: Final = f"{VARIABLE} names no folder with OWL 2 tests; CONTRIBUTING.md says what it must hold"


def listed() -> list[list[str]]:
    """The lines of the list of exceptions: the name of a test, and why it fails."""
    lines = Path(__file__).with_name("exceptions.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.skipif(FOLDER is None, reason=NOT_SET)
def test_the_folder_has_tests() -> None:
    assert FOLDER is not None
    assert folders(FOLDER), f"{FOLDER} has no test: no folder in it has a file `kind`"


@pytest.mark.skipif(FOLDER is None, reason=NOT_SET)
@pytest.mark.parametrize("folder", folders(FOLDER) if FOLDER else [Path("none")], ids=lambda path: path.name)
def test_the_closure_conforms(folder: Path) -> None:
    case = read(folder)
    reason = next((why for name, why in listed() if name == case.name), None)
    if reason is None:
        assert passes(case), f"{folder}: {case.kind} fails"
    else:
        assert not passes(case), f"{case.name} passes now: take it off exceptions.tsv, which says: {reason}"


def test_every_exception_has_one_name_and_a_reason() -> None:
    assert all(len(row) == 2 and all(row) for row in listed())
    names = [row[0] for row in listed()]
    assert names == sorted(set(names))
