"""Standard phrases: the same ones in both languages, with the same gaps to fill."""

from __future__ import annotations

from string import Formatter

import pytest

from dealgraph.phrases import PHRASES
from dealgraph.settings import LANGUAGES


def gaps(text: str) -> list[str | None]:
    return [field for _, field, _, _ in Formatter().parse(text)]


def test_every_language_has_phrases() -> None:
    assert set(PHRASES) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_has_the_same_gaps_in_every_language(language: str) -> None:
    expected = {name: gaps(text) for name, text in PHRASES["en"].items()}
    assert {name: gaps(text) for name, text in PHRASES[language].items()} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_empty_and_none_can_be_changed(language: str) -> None:
    assert all(text.strip("{} ") for text in PHRASES[language].values())
    with pytest.raises(TypeError):
        PHRASES[language] = {}  # type: ignore[index]
