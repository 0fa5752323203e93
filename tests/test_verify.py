"""Passages held against the texts they were taken from, code point by code point."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from dealgraph import sources
from dealgraph.errors import Unreadable
from dealgraph.settings import open_project
from dealgraph.terms import BASE
from dealgraph.verify import Outcome, Verdict, verify
from tiny import ROOT, store_of

TEXTS = os.environ.get("DEALGRAPH_TEXTS")

# No-break spaces, typographic quotes, an accent apart from its letter, a character beyond 16 bits, line ends.
TEXT = (
    "« Bluewave » a payé 14,3\u00a0milliards\u202f! L’accord\u2026 e\u0301tonne 🌊\r\n“Northwind” se tait.\n"
)
PRICE = (TEXT.index("14,3"), TEXT.index("!"))
AFTER_THE_WAVE = (TEXT.index("“"), TEXT.index(" se tait"))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def passage(slug: str, start: int, end: int, digest: str) -> str:
    return (
        f"<{BASE}article/{slug}#char={start},{end}> a dg:Passage ; dg:inArticle article:{slug} ;"
        f' dg:start {start} ; dg:end {end} ; dg:sha256 "{digest}"^^xsd:hexBinary .\n'
    )


def described(slug: str, text: str, *passages: str) -> str:
    data = text.encode()
    return (
        f'article:{slug} {{ article:{slug} a dg:Article ; dg:sourceFile "{slug}.txt" ;'
        f' dg:codePoints {len(text)} ; dg:sha256 "{sha256(data)}"^^xsd:hexBinary .\n{"".join(passages)} }}'
    )


def taken(slug: str, text: str, *places: tuple[int, int]) -> str:
    """An article with sound passages at these places of its text."""
    return described(
        slug, text, *(passage(slug, *place, sha256(text[slice(*place)].encode())) for place in places)
    )


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text.encode())
    return folder


def outcomes(store: Store, folder: Path) -> list[Outcome]:
    return [verdict.outcome for verdict in verify(store, folder)]


SOUND = store_of(taken("blue", TEXT, PRICE, AFTER_THE_WAVE))


# --- the five outcomes ------------------------------------------------------------------------------------


def test_a_passage_is_sound_if_the_text_says_at_its_place_what_it_said(tmp_path: Path) -> None:
    assert verify(SOUND, write(tmp_path, "blue.txt", TEXT)) == (
        Verdict("article:blue", f"char={PRICE[0]},{PRICE[1]}", Outcome.SOUND),
        Verdict("article:blue", f"char={AFTER_THE_WAVE[0]},{AFTER_THE_WAVE[1]}", Outcome.SOUND),
    )


def test_a_text_is_found_by_its_digest_under_any_name(tmp_path: Path) -> None:
    assert outcomes(SOUND, write(tmp_path, "another name", TEXT)) == [Outcome.SOUND] * 2


def test_a_text_that_is_not_there_is_missing(tmp_path: Path) -> None:
    (tmp_path / "blue.txt").mkdir()
    (verdict, _) = verify(SOUND, write(tmp_path, "other.txt", "Something else."))
    assert verdict.outcome is Outcome.MISSING_TEXT
    assert "blue.txt" in verdict.detail


CHANGES = {
    "one letter": TEXT.replace("14,3", "14,4"),
    "ordinary spaces": TEXT.replace("\u00a0", " "),
    "plain quotes": TEXT.replace("’", "'"),
    "accents joined": unicodedata.normalize("NFC", TEXT),
    "line ends": TEXT.replace("\r\n", "\n"),
    "a byte order mark": f"\ufeff{TEXT}",
    "nothing left": "",
}


@pytest.mark.parametrize("text", CHANGES.values(), ids=CHANGES)
def test_a_text_that_differs_in_any_code_point_is_changed(tmp_path: Path, text: str) -> None:
    assert text != TEXT
    (verdict, _) = verify(SOUND, write(tmp_path, "blue.txt", text))
    assert verdict.outcome is Outcome.CHANGED_TEXT
    assert "blue.txt" in verdict.detail
    assert sha256(text.encode())[:12] in verdict.detail


def test_the_unchanged_text_is_preferred_to_a_changed_one_of_the_right_name(tmp_path: Path) -> None:
    write(tmp_path, "blue.txt", "changed")
    assert outcomes(SOUND, write(tmp_path, "z-copy.txt", TEXT)) == [Outcome.SOUND] * 2


@pytest.mark.parametrize(
    "digest",
    [sha256(b"something else"), sha256(TEXT[slice(*PRICE)].replace("\u00a0", " ").encode()), "ab"],
)
def test_a_digest_that_does_not_fit_an_unchanged_text_is_bad(tmp_path: Path, digest: str) -> None:
    store = store_of(described("blue", TEXT, passage("blue", *PRICE, digest)))
    assert outcomes(store, write(tmp_path, "blue.txt", TEXT)) == [Outcome.BAD_DIGEST]


def test_a_position_in_bytes_instead_of_code_points_is_bad(tmp_path: Path) -> None:
    start, end = (len(TEXT[:place].encode()) for place in PRICE)
    digest = sha256(TEXT[slice(*PRICE)].encode())
    store = store_of(described("blue", TEXT, passage("blue", start, end, digest)))
    assert outcomes(store, write(tmp_path, "blue.txt", TEXT)) == [Outcome.BAD_DIGEST]


@pytest.mark.parametrize(
    ("start", "end"), [(0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 1), (5, 5), (9, 5), (-5, 5), (-5, -1)]
)
def test_a_place_that_is_not_in_the_text_is_out_of_range(tmp_path: Path, start: int, end: int) -> None:
    digest = sha256(TEXT[start:end].encode())
    store = store_of(described("blue", TEXT, passage("blue", start, end, digest)))
    (verdict,) = verify(store, write(tmp_path, "blue.txt", TEXT))
    assert verdict.outcome is Outcome.OUT_OF_RANGE
    assert str(len(TEXT)) in verdict.detail


def test_the_whole_text_can_be_a_passage(tmp_path: Path) -> None:
    store = store_of(taken("blue", TEXT, (0, len(TEXT))))
    assert outcomes(store, write(tmp_path, "blue.txt", TEXT)) == [Outcome.SOUND]


def test_a_byte_order_mark_counts_as_a_code_point(tmp_path: Path) -> None:
    text = f"\ufeff{TEXT}"
    store = store_of(taken("blue", text, (0, 3), (PRICE[0] + 1, PRICE[1] + 1)))
    assert outcomes(store, write(tmp_path, "blue.txt", text)) == [Outcome.SOUND] * 2


def test_a_digest_may_be_written_in_capitals(tmp_path: Path) -> None:
    text = taken("blue", TEXT, PRICE)
    capitals = text.replace(sha256(TEXT.encode()), sha256(TEXT.encode()).upper())
    digest = sha256(TEXT[slice(*PRICE)].encode())
    store = store_of(capitals.replace(digest, digest.upper()))
    assert digest.upper() in capitals.replace(digest, digest.upper())
    assert outcomes(store, write(tmp_path, "blue.txt", TEXT)) == [Outcome.SOUND]


# --- all of them ------------------------------------------------------------------------------------------


def test_verdicts_come_by_article_and_place(tmp_path: Path) -> None:
    store = store_of(taken("north", TEXT, (10, 12), (9, 30), (9, 12), (0, 2)), taken("blue", TEXT, (30, 31)))
    found = verify(store, write(tmp_path, "any.txt", TEXT))
    assert [(v.article, v.passage) for v in found] == [
        ("article:blue", "char=30,31"),
        ("article:north", "char=0,2"),
        ("article:north", "char=9,12"),
        ("article:north", "char=9,30"),
        ("article:north", "char=10,12"),
    ]


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(Unreadable, match=rf"/{name}: the folder of texts cannot be read.*--texts"):
        verify(SOUND, tmp_path / name)


TEXTS_AND_PLACES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).flatmap(
    lambda text: st.tuples(
        st.just(text),
        st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(
            lambda place: place[0] < place[1]
        ),
    )
)


@settings(max_examples=50)
@given(TEXTS_AND_PLACES)
def test_every_passage_of_every_text_is_sound(
    tmp_path_factory: pytest.TempPathFactory, taken_from: tuple[str, tuple[int, int]]
) -> None:
    text, place = taken_from
    folder = write(tmp_path_factory.mktemp("texts"), "blue.txt", text)
    assert outcomes(store_of(taken("blue", text, place)), folder) == [Outcome.SOUND]


# --- the articles of this project -------------------------------------------------------------------------


@pytest.mark.skipif(
    not TEXTS,
    reason="NOT TESTED: the digests of the real passages; name the folder of the texts by DEALGRAPH_TEXTS",
)
def test_every_passage_of_the_graph_is_sound() -> None:
    assert TEXTS
    store = Store()
    store.bulk_extend(sources.load(open_project(ROOT)).quads)
    found = verify(store, Path(TEXTS))
    assert [verdict for verdict in found if verdict.outcome is not Outcome.SOUND] == []
    assert set(Counter(verdict.article for verdict in found)) == {
        "article:abcbourse-2025-06-13",
        "article:arktechnews-2025-07-15",
    }
