"""Reconciliation services: a real one of another maker, and one that answers badly on purpose."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from link_servers import MANIFEST, Reply, free_port, results, scripted, service, started
from link_things import CIK, HEAD, META, thing

from dealgraph.errors import DealgraphError, NotAllowed, NotRecorded, ServiceProblem
from dealgraph.link.description import Description, read_description
from dealgraph.link.http import Client, check_allowed
from dealgraph.link.propose import Found, propose
from dealgraph.link.reconciliation import Service

GOOD = {
    "id": "1",
    "name": "Meta",
    "score": 90,
    "match": False,
    "type": [{"id": "company", "name": "company"}],
}
DESCRIPTION = (
    f"{HEAD}format: reconciliation\naddress: ADDRESS\nkind: {{from: type, table: {{company: company}}}}\n"
)


def described(folder: Path, address: str, more: str = "") -> Description:
    path = folder / "service.yaml"
    path.write_text(DESCRIPTION.replace("ADDRESS", address) + more)
    return read_description(path)


def client(address: str, **options: object) -> Client:
    """A client that does not wait between attempts."""
    return replace(Client(allowed=(address,), pause=0.0, timeout=5.0), **options)  # type: ignore[arg-type]


Ask = Callable[[Callable[[str, dict[str, str]], Reply]], Found]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Ask a scripted service for Meta."""

    def asked(answer: Callable[[str, dict[str, str]], Reply]) -> Found:
        with scripted(answer) as (address, _):
            found = Service(described(tmp_path, address), client(address)).candidates([META])
        return found[META.iri]

    return asked


# --- a service that is well --------------------------------------------------------------------------------


def test_candidates_come_with_iri_kind_and_score(ask: Ask) -> None:
    found = ask(service(GOOD))
    (entity,) = found.entities
    assert (entity.iri, entity.label, entity.kinds) == (
        "https://example.org/id/1",
        "Meta",
        frozenset({"company"}),
    )
    assert found.scores == {entity.iri: 90.0}
    assert found.notices == ()


def test_things_are_asked_for_in_batches_with_types_and_properties(tmp_path: Path) -> None:
    things = [thing(f"Company {n}", iri=f"https://example.org/{n}", years=(2000 + n,)) for n in range(7)]
    more = "batch: 3\ntypes: [Q783794]\nproperties: {year: P571}\n"
    with scripted(service(GOOD)) as (address, script):
        found = Service(described(tmp_path, address, more), client(address)).candidates(things)
    assert list(found) == [each.iri for each in things]
    batches = [json.loads(form["queries"]) for method, form in script.asked if method == "POST"]
    assert [len(batch) for batch in batches] == [3, 3, 1]
    assert batches[0]["q1"]["type"] == "Q783794"
    assert batches[0]["q1"]["properties"] == [{"pid": "P571", "v": "2001"}]


def test_a_score_of_a_service_is_a_feature_and_helps_a_name_it_hides() -> None:
    record = thing("Facebook (now with another name)", kinds="company", iri="https://example.org/id/1")
    ours = thing("Zzz")
    without, with_score = (propose(ours, Found((record,), s), {}, least=0) for s in ({}, {record.iri: 100.0}))
    assert with_score.open[0].said("service")
    assert with_score.open[0].score > without.open[0].score
    assert with_score.accepted is None


# --- what is asked, and what is not ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "allowed", "fine"),
    [
        ("https://a.example/x", "https://a.example/x", True),
        ("https://a.example/x/y", "https://a.example/x", True),
        ("https://a.example/x/y", "https://a.example/", True),
        ("https://a.example/xy", "https://a.example/x", False),
        ("http://a.example/x", "https://a.example/x", False),
        ("https://a.example:444/x", "https://a.example/x", False),
        ("https://a.example@b.example/x", "https://a.example/x", False),
        ("https://b.example/x", "https://a.example/x", False),
        ("file:///x", "file:///x", False),
    ],
)
def test_only_a_server_that_was_named_is_asked(address: str, allowed: str, fine: bool) -> None:
    if fine:
        check_allowed(address, [allowed])
    else:
        with pytest.raises(NotAllowed):
            check_allowed(address, [allowed])


def test_nothing_is_sent_to_a_server_that_was_not_named(tmp_path: Path) -> None:
    with scripted(service(GOOD)) as (address, script):
        with pytest.raises(NotAllowed, match="--allow-service"):
            Service(described(tmp_path, address), Client(allowed=())).candidates([META])
        assert script.asked == []


def test_a_redirect_is_not_followed(ask: Ask) -> None:
    with pytest.raises(ServiceProblem, match=r"redirects to https://b\.example/"):
        ask(lambda *_: Reply("", 302, headers=(("Location", "https://b.example/"),)))


def test_what_was_answered_is_replayed_offline(tmp_path: Path) -> None:
    with scripted(service(GOOD)) as (address, script):
        description = described(tmp_path, address)
        kept = client(address, cache=tmp_path / "cache")
        online = Service(description, kept).candidates([META])
        count = len(script.asked)
        assert Service(description, kept).candidates([META]) == online
        assert len(script.asked) == count
        Service(description, replace(kept, fresh=True)).candidates([META])
        assert len(script.asked) == 2 * count
    offline = replace(kept, offline=True, allowed=())
    assert Service(description, offline).candidates([META]) == online
    with pytest.raises(NotRecorded, match="--offline"):
        Service(description, offline).candidates([thing("Another")])


def test_a_bad_answer_is_not_kept(tmp_path: Path) -> None:
    broken = True

    def answer(method: str, form: dict[str, str]) -> Reply:
        return Reply("<html>", media="text/html") if broken else service(GOOD)(method, form)

    with scripted(answer) as (address, _):
        description, kept = described(tmp_path, address), client(address, cache=tmp_path / "cache")
        with pytest.raises(ServiceProblem):
            Service(description, kept).candidates([META])
        assert list((tmp_path / "cache").rglob("*.json")) == []
        broken = False
        assert Service(description, kept).candidates([META])[META.iri].entities


# --- a service that is not well ----------------------------------------------------------------------------


def first(bad: Reply, times: int) -> Callable[[str, dict[str, str]], Reply]:
    """Answer badly at first, then well."""
    left = [bad] * times

    def answer(method: str, form: dict[str, str]) -> Reply:
        return left.pop() if left else service(GOOD)(method, form)

    return answer


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_service_that_fails_and_recovers_is_asked_again(ask: Ask, status: int) -> None:
    assert ask(first(Reply("", status), 3)).entities


def test_a_service_says_how_long_to_wait(tmp_path: Path) -> None:
    waits: list[float] = []
    busy = Reply("", 429, headers=(("Retry-After", "7"),))
    with scripted(first(busy, 1)) as (address, _):
        patient = client(address, sleep=waits.append)
        Service(described(tmp_path, address), patient).candidates([META])
    assert waits == [7.0]


def test_the_pause_is_doubled_each_time(tmp_path: Path) -> None:
    waits: list[float] = []
    with scripted(lambda *_: Reply("", 503)) as (address, script):
        patient = Service(described(tmp_path, address), client(address, pause=0.5, sleep=waits.append))
        with pytest.raises(ServiceProblem, match="status 503"):
            patient.candidates([META])
    assert waits == [0.5, 1.0, 2.0]
    assert len(script.asked) == 4


def test_a_service_that_is_down_is_named(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}/reconcile"
    with pytest.raises(ServiceProblem, match="does not answer"):
        Service(described(tmp_path, address), client(address)).candidates([META])


def test_a_service_that_is_slow_is_given_up(tmp_path: Path) -> None:
    with scripted(lambda *_: Reply(json.dumps(MANIFEST), delay=1.0)) as (address, _):
        hasty = client(address, timeout=0.2, tries=2)
        with pytest.raises(ServiceProblem, match=r"no answer within 0\.2 s"):
            Service(described(tmp_path, address), hasty).candidates([META])


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply("<html>sign in</html>", media="text/html; charset=utf-8"), "answers no JSON but text/html"),
        (Reply("[]"), "answers JSON that is no object"),
        (Reply('{"versions": ["9.0"], "name": "x"}'), "speaks only versions"),
        (Reply('{"versions": "0.2", "name": "x"}'), "speaks only versions"),
        (Reply("{}"), "gives no manifest"),
        (Reply("", 404), "answers with status 404"),
        (Reply("", 204), "answers with status 204"),
        (Reply('{"name": '), "answers no JSON"),
        (Reply("[" * 50_000), "answers no JSON"),
    ],
)
def test_what_is_no_answer_is_an_error_that_says_so(ask: Ask, reply: Reply, told: str) -> None:
    with pytest.raises(ServiceProblem, match=told) as caught:
        ask(lambda *_: reply)
    assert caught.value.fix


@pytest.mark.parametrize(
    ("score", "taken", "told"),
    [
        ("90", 0.0, "no number"),
        (None, 0.0, "no number"),
        (True, 0.0, "no number"),
        (float("nan"), 0.0, "no number"),
        (float("inf"), 0.0, "no number"),
        (1e300, 100.0, "not from 0 to 100"),
        (-3, 0.0, "not from 0 to 100"),
    ],
)
def test_a_lying_score_is_brought_into_bounds_and_told(
    ask: Ask, score: object, taken: float, told: str
) -> None:
    found = ask(service({**GOOD, "score": score}))
    assert list(found.scores.values()) == [taken]
    assert [notice for notice in found.notices if told in notice]


@pytest.mark.parametrize(
    "candidate",
    [
        {**GOOD, "id": ""},
        {**GOOD, "id": 7},
        {**GOOD, "id": "a b"},
        {**GOOD, "id": '"><script>'},
        {**GOOD, "name": None},
        {**GOOD, "name": "  "},
        "Meta",
        None,
    ],
)
def test_a_candidate_that_cannot_be_one_is_left_out_and_told(ask: Ask, candidate: object) -> None:
    found = ask(service(candidate, GOOD))
    assert [entity.label for entity in found.entities] == ["Meta"]
    assert len(found.notices) == 1


def test_an_identifier_that_its_scheme_cannot_have_given_is_left_out(ask: Ask) -> None:
    wikidata = MANIFEST | {"identifierSpace": "http://www.wikidata.org/entity/"}

    def answer(method: str, form: dict[str, str]) -> Reply:
        if method == "GET":
            return Reply(json.dumps(wikidata))
        return results(form, {**GOOD, "id": "380"}, {**GOOD, "id": "Q380"})

    found = ask(answer)
    assert [entity.iri for entity in found.entities] == ["http://www.wikidata.org/entity/Q380"]
    assert "not the form of Wikidata" in found.notices[0]


def test_a_service_that_forgets_a_thing_says_so(ask: Ask) -> None:
    found = ask(lambda method, _: Reply(json.dumps(MANIFEST) if method == "GET" else "{}"))
    assert found.entities == ()
    assert found.notices


keys = st.sampled_from(["result", "id", "name", "score", "type"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner),
    max_leaves=12,
)


@given(json_values)
@hypothesis_settings(max_examples=25)
def test_no_answer_makes_it_crash(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    folder = tmp_path_factory.mktemp("service")
    answer = Reply(json.dumps({"q0": value}))
    with scripted(lambda method, _: Reply(json.dumps(MANIFEST)) if method == "GET" else answer) as (
        address,
        _,
    ):
        try:
            found = Service(described(folder, address), client(address)).candidates([META])[META.iri]
        except DealgraphError:
            return
    assert all(0 <= score <= 100 for score in found.scores.values())


# --- a real service ----------------------------------------------------------------------------------------


COMPANIES = (
    ("0001326801", "Meta Platforms"),
    ("0001722380", "Meta Data"),
    ("0001431959", "META MATERIALS"),
    ("0000320193", "Apple"),
)
RUN = """
import pathlib, sys
import csv_reconcile
from csv_reconcile import initdb

app = csv_reconcile.create_app("config.py", instance_path=str(pathlib.Path.cwd() / "instance"))
with app.app_context():
    initdb.init_db_with_context("companies.tsv", "cik", "name")
app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
"""


@pytest.fixture(scope="module")
def csv_reconcile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service csv-reconcile, over a few companies, started on loopback."""
    if importlib.util.find_spec("csv_reconcile") is None:
        pytest.skip("csv-reconcile is not installed: run make setup")
    folder = tmp_path_factory.mktemp("csv-reconcile")
    with (folder / "companies.tsv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter="\t").writerows([("cik", "name"), *COMPANIES])
    manifest = {"identifierSpace": CIK, "schemaSpace": "https://example.org/", "name": "companies"}
    (folder / "config.py").write_text(f"MANIFEST = {manifest!r}\nTHRESHOLD = 10.0\n", encoding="utf-8")
    (folder / "run.py").write_text(RUN, encoding="utf-8")
    port = free_port()
    with started([sys.executable, "run.py", str(port)], port, folder):
        yield f"http://127.0.0.1:{port}/reconcile"


def test_a_real_service_proposes_the_three_companies_and_none_is_accepted(
    csv_reconcile: str, tmp_path: Path
) -> None:
    source = Service(described(tmp_path, csv_reconcile), client(csv_reconcile))
    found = source.candidates([META, thing("Apple", iri="https://example.org/apple")])
    assert {entity.label for entity in found[META.iri].entities} >= {"Meta Platforms", "Meta Data"}
    proposals = propose(META, found[META.iri], {})
    assert proposals.accepted is None
    assert proposals.open[0].entity.iri == f"{CIK}0001326801"
    assert found["https://example.org/apple"].entities[0].label == "Apple"
