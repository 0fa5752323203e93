"""The parts of the server that need no server: buckets, kept answers, languages, headers, the log."""

from __future__ import annotations

import datetime as dt
import io
import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.errors import TooManyRequests
from dealgraph.server.channel import Channel
from dealgraph.server.clients import MOST_CLIENTS, Clients
from dealgraph.server.frames import Kind, frame
from dealgraph.server.headers import etag, is_known, key_of
from dealgraph.server.journal import Entry, Journal
from dealgraph.server.keeping import LARGEST, ROOM, Answers, Kept
from dealgraph.server.request import headers_of, language_of
from dealgraph.web import Call


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def admitted(clients: Clients, address: str) -> bool:
    try:
        clients.admit(address)
    except TooManyRequests:
        return False
    return True


# --- how often a client may ask -------------------------------------------------------------------------


@given(st.lists(st.floats(0, 3), max_size=60), st.floats(0.5, 20), st.integers(1, 10))
def test_nobody_is_admitted_more_often_than_rate_and_burst_allow(
    waits: list[float], rate: float, burst: int
) -> None:
    clock = Clock()
    clients = Clients(rate, burst, clock)
    count = 0
    for wait in waits:
        clock.now += wait
        count += admitted(clients, "10.0.0.1")
    assert count <= burst + rate * clock.now + 1e-6


def test_who_waits_as_long_as_told_is_admitted() -> None:
    clock = Clock()
    clients = Clients(0.5, 1, clock)
    assert admitted(clients, "10.0.0.1")
    with pytest.raises(TooManyRequests, match=r"more than 0\.5 requests a second") as refused:
        clients.admit("10.0.0.1")
    assert refused.value.fix == "Try again in 2 s"
    clock.now += 2
    assert admitted(clients, "10.0.0.1")


def test_one_client_does_not_use_up_what_another_may() -> None:
    clients = Clients(1, 1, Clock())
    assert admitted(clients, "10.0.0.1")
    assert admitted(clients, "10.0.0.2")
    assert not admitted(clients, "10.0.0.1")


def test_a_network_of_version_6_is_one_client() -> None:
    clients = Clients(1, 1, Clock())
    assert admitted(clients, "2001:db8::1")
    assert not admitted(clients, "2001:db8::2")
    assert admitted(clients, "2001:db8:0:1::1")


def test_without_a_rate_nobody_is_held_back_and_few_are_remembered() -> None:
    assert all(admitted(Clients(0, 1), "10.0.0.1") for _ in range(100))
    clients = Clients(1, 1, Clock())
    for number in range(MOST_CLIENTS + 10):
        clients.admit(f"client-{number}")
    assert len(clients._buckets) == MOST_CLIENTS


# --- answers that are kept ------------------------------------------------------------------------------


def kept(content: bytes = b"a", size: int = 1) -> Kept:
    return Kept(content, 'W/"a-b"', [(b"content-type", b"text/plain")], b"x" * size)


def test_a_kept_answer_is_that_of_the_snapshot_that_answers() -> None:
    answers = Answers()
    answers.put(("key",), kept(b"a"))
    assert answers.get(("key",), b"a") == kept(b"a")
    assert answers.get(("key",), b"b") is None
    assert answers.get(("other",), b"a") is None


def test_the_answers_asked_for_last_are_kept_within_the_room() -> None:
    answers = Answers()
    answers.put(("large",), kept(size=LARGEST + 1))
    assert answers.get(("large",), b"a") is None
    for number in range(ROOM // LARGEST + 1):
        answers.put((str(number),), kept(size=LARGEST))
        answers.get(("0",), b"a")
    assert answers.get(("0",), b"a")
    assert answers.get(("1",), b"a") is None
    assert answers.get((str(ROOM // LARGEST),), b"a")


# --- the channel to a worker ----------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from(Kind), st.binary(max_size=50)), max_size=8), st.randoms())
def test_frames_come_through_however_they_are_cut(frames: list[tuple[Kind, bytes]], random: Random) -> None:
    sent = b"".join(frame(kind, content) for kind, content in frames)
    channel, place = Channel(), 0
    while place < len(sent):
        size = random.randint(1, 30)
        channel.data_received(sent[place : place + size])
        place += size
    assert [channel.ready() for _ in frames] == frames
    assert channel.ready() is None


# --- tags -----------------------------------------------------------------------------------------------


def test_a_tag_changes_with_all_that_an_answer_depends_on() -> None:
    call = Call("/sparql", query=(("query", "ASK {}"),))
    others = [
        Call("/sparql.csv", query=(("query", "ASK {}"),)),
        Call("/sparql", query=(("query", "ASK { }"),)),
        Call("/sparql", query=(("query", "ASK {}"),), accept="text/csv"),
        Call("/sparql", query=(("query", "ASK {}"),), language="fr"),
        Call("/sparql", query=(("query", "ASK {}"),), method="POST"),
        Call("/sparql", query=(("query", "ASK {}"),), body=b"x"),
        Call("/sparql", query=(("query", "ASK {}"),), origin="https://example.org"),
    ]
    assert len({key_of(each) for each in (call, *others)}) == len(others) + 1
    assert etag("a", key_of(call)) != etag("b", key_of(call))


@pytest.mark.parametrize(
    ("told", "known"),
    [('W/"a-b"', True), ('"a-b"', True), ('"x", W/"a-b"', True), ("*", True), ('"a"', False), ("", False)],
)
def test_a_client_has_what_its_tag_names(told: str, known: bool) -> None:
    assert is_known('W/"a-b"', told) is known


# --- the language ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pairs", "headers", "language"),
    [
        ((), {}, "en"),
        ((("lang", "fr"),), {"accept-language": "en"}, "fr"),
        ((("lang", "de"),), {"accept-language": "fr"}, "fr"),
        ((), {"cookie": "a=b; lang=fr"}, "fr"),
        ((), {"cookie": "lang=xx", "accept-language": "fr-CH, fr;q=0.9, en;q=0.8"}, "fr"),
        ((), {"accept-language": "en-GB,fr;q=0.5"}, "en"),
        ((), {"accept-language": "de, fr;q=0.3, en;q=0.2"}, "fr"),
        ((), {"accept-language": "*"}, "en"),
        ((), {"accept-language": "de"}, "en"),
        ((), {"accept-language": ";;,,q=", "cookie": "\x01=;"}, "en"),
    ],
)
def test_the_language_is_that_of_the_address_then_the_cookie_then_the_browser(
    pairs: tuple[tuple[str, str], ...], headers: dict[str, str], language: str
) -> None:
    assert language_of(pairs, headers) == language


@given(st.text(), st.text())
def test_no_header_breaks_the_choice_of_a_language(cookie: str, accepted: str) -> None:
    assert language_of((), {"cookie": cookie, "accept-language": accepted}) in ("en", "fr")


def test_headers_that_are_sent_twice_are_joined() -> None:
    scope = {"headers": [(b"accept", b"a/b"), (b"accept", b"c/d"), (b"cookie", b"x=1"), (b"cookie", b"y=2")]}
    assert headers_of(scope) == {"accept": "a/b, c/d", "cookie": "x=1; y=2"}


# --- the log --------------------------------------------------------------------------------------------


def test_a_request_is_one_line_of_json_whatever_it_holds() -> None:
    out = io.StringIO()
    journal = Journal(out, lambda: dt.datetime(2025, 6, 13, 12, tzinfo=dt.UTC))
    journal.note(Entry("10.0.0.1", "GET", '/x?"\n', "/x", 200, "answered", 0.5, 7, "abc", query="a\nb"))
    journal.tell("two\nlines")
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert first == {
        "time": "2025-06-13T12:00:00.000+00:00",
        "client": "10.0.0.1",
        "method": "GET",
        "address": '/x?"\n',
        "route": "/x",
        "status": 200,
        "outcome": "answered",
        "seconds": 0.5,
        "size": 7,
        "snapshot": "abc",
        "query": "a\nb",
    }
    assert second["note"] == "two\nlines"
    assert (
        b'dealgraph_requests_total{method="GET",outcome="answered",route="/x",status="200"} 1.0'
        in journal.metrics()
    )


def test_a_log_that_cannot_be_written_stops_nothing() -> None:
    out = io.StringIO()
    journal = Journal(out)
    out.close()
    journal.tell("nobody reads this")
    journal.tell("nor this")
