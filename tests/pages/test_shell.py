"""What stands around every page."""

from __future__ import annotations

import pytest

from dealgraph.errors import UnknownName
from dealgraph.pages import error_page
from dealgraph.pages.phrases import PAGES, SHELL
from dealgraph.pages.phrases_of_things import THINGS
from dealgraph.pages.rendering import environment
from dealgraph.pages.shell import shell
from dealgraph.web import Call


def test_both_languages_say_the_same_things() -> None:
    assert PAGES["en"].keys() == PAGES["fr"].keys()


def test_no_phrase_is_given_in_two_files() -> None:
    assert SHELL["en"].keys() & THINGS["en"].keys() == set()


def test_every_phrase_takes_the_same_values_in_both_languages() -> None:
    assert [k for k, text in PAGES["en"].items() if text.count("{}") != PAGES["fr"][k].count("{}")] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_error_is_a_page_that_says_where_and_what_to_do_and_escapes_it(language: str) -> None:
    told = error_page(UnknownName("no <thing>", where="'<script>'", fix="Look & see"), language)
    assert f'<html lang="{language}">' in told
    assert "<h1>" in told
    assert "&lt;script&gt;" in told
    assert "Look &amp; see" in told
    assert "<script>" not in told


def test_every_template_compiles() -> None:
    names = environment().list_templates()
    assert {"layout.html", "parts.html", "error.html"} <= set(names)
    for name in names:
        environment().get_template(name)


def test_the_other_language_keeps_what_was_asked() -> None:
    around = shell(Call("/search", query=[("q", "méta & co")]))
    assert around.other_address == "/search?q=m%C3%A9ta+%26+co&lang=fr"
    assert around.asked == "méta & co"


def test_the_canonical_address_has_no_suffix() -> None:
    assert shell(Call("/id/meta.html", origin="https://x.org")).canonical == "https://x.org/id/meta"
