"""The promises of linking, held to the labelled set, and the time that a search takes."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import pytest
from link_names import generated
from link_things import DATA

from dealgraph.cli.context import Context
from dealgraph.cli.measuring import quality_of
from dealgraph.errors import DatasetProblem
from dealgraph.link.index import Index
from dealgraph.link.propose import Found, propose
from dealgraph.link.quality import Quality, read_labelled
from dealgraph.settings import open_project
from tiny import ROOT

PAIRS = DATA / "pairs.csv"


@pytest.fixture(scope="module")
def quality() -> Quality:
    return quality_of(Context(open_project(ROOT), "en"), PAIRS, DATA)


def test_the_labelled_set_has_what_is_hard() -> None:
    pairs = read_labelled(PAIRS)
    sorts = Counter(pair.sort for pair in pairs)
    labels = Counter(pair.label for pair in pairs)
    assert len(pairs) >= 500
    assert labels["match"] >= 350
    assert labels["not"] >= 150
    assert {"homonym", "other name", "former name", "branch", "subsidiary", "absent"} <= set(sorts)
    assert all(pair.how for pair in pairs)


def test_nothing_wrong_is_accepted_without_a_person(quality: Quality) -> None:
    assert quality.whole.precision == 1.0
    assert quality.whole.accepted >= 100


def test_the_right_one_is_among_the_first_five(quality: Quality) -> None:
    assert quality.whole.recall is not None
    assert quality.whole.recall >= 0.95


def test_every_miss_is_told(quality: Quality) -> None:
    whole = quality.whole
    assert len(quality.faults) == whole.matches - whole.among_five + whole.accepted_wrong


def test_a_wrong_label_is_noticed(tmp_path: Path) -> None:
    """The measure can fail: exchange the right record of what is accepted, and precision falls."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    ohio = [row for row in rows if row[1].endswith("/ohio")]
    ohio[0][3] = "https://sws.geonames.org/4197000/"
    for part in DATA.iterdir():
        if part.suffix != ".py" and part != PAIRS and part.is_file():
            (tmp_path / part.name).write_bytes(part.read_bytes())
    with (tmp_path / "pairs.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *ohio])
    measured = quality_of(Context(open_project(ROOT), "en"), tmp_path / "pairs.csv", tmp_path)
    assert measured.whole.precision == 0.0
    assert measured.whole.recall == 0.0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n", "pairs.csv:1: the header is another"),
        ("things,thing,candidates,candidate,label,sort,hide,how\nx,y\n", "pairs.csv:2: the row does not fit"),
        (
            "things,thing,candidates,candidate,label,sort,hide,how\na,b,c,d,maybe,s,,h\n",
            "pairs.csv:2: the label is",
        ),
        (
            "things,thing,candidates,candidate,label,sort,hide,how\na,b,c,,match,s,,h\n",
            "pairs.csv:2: the label is",
        ),
    ],
)
def test_a_bad_labelled_set_is_named_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "pairs.csv").write_text(text)
    with pytest.raises(DatasetProblem) as caught:
        read_labelled(tmp_path / "pairs.csv")
    assert str(caught.value).startswith(told)


def test_among_twenty_thousand_records_a_search_takes_milliseconds() -> None:
    """The benchmark measures a hundred thousand; this is a guard against a search of everything."""
    records = generated(20_000)
    index = Index(records)
    things = records[::1000]
    for thing in things:
        propose(thing, Found(index.block(thing)), {})
    begun = time.process_time()
    for thing in things:
        propose(thing, Found(index.block(thing)), {})
    assert (time.process_time() - begun) / len(things) < 0.05
