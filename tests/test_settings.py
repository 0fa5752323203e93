"""Which project is worked on, and where its parts are."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealgraph import settings
from dealgraph.errors import NotAProject
from dealgraph.settings import PROJECT_VARIABLE, STATE_VARIABLE, built_in_root, language, open_project
from tiny import ROOT


def make(folder: Path) -> Path:
    (folder / "graph" / "articles").mkdir(parents=True)
    return folder


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Three projects: one by option, one by variable, one around the current folder."""
    found = {name: make(tmp_path / name) for name in ("option", "variable", "around")}
    below = found["around"] / "graph" / "articles" / "2025"
    below.mkdir()
    monkeypatch.chdir(below)
    return found


def test_the_option_goes_before_the_variable(
    places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROJECT_VARIABLE, str(places["variable"]))
    assert open_project(places["option"]).root == places["option"]


def test_the_variable_goes_before_the_current_folder(
    places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROJECT_VARIABLE, str(places["variable"]))
    assert open_project().root == places["variable"]


def test_the_nearest_project_around_the_current_folder_is_found(places: dict[str, Path]) -> None:
    assert open_project().root == places["around"]


def test_outside_every_project_the_built_in_one_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_project().root == built_in_root() == ROOT


def test_a_relative_folder_is_named_in_full(places: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(places["option"].parent)
    assert open_project(Path("option")).root == places["option"]


def test_a_folder_named_by_the_option_must_be_a_project(tmp_path: Path) -> None:
    with pytest.raises(NotAProject, match=r"/empty: not a project: .*graph/articles.*--project"):
        open_project(tmp_path / "empty")


def test_a_folder_named_by_the_variable_must_be_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "around")
    monkeypatch.chdir(tmp_path / "around")
    monkeypatch.setenv(PROJECT_VARIABLE, str(tmp_path / "empty"))
    with pytest.raises(NotAProject) as error:
        open_project()
    assert error.value.where == str(tmp_path / "empty")


def test_a_file_in_the_place_of_the_articles_makes_no_project(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "articles").write_text("not a folder", encoding="utf-8")
    with pytest.raises(NotAProject):
        open_project(tmp_path)


def test_a_project_uses_its_own_parts_and_borrows_those_it_lacks(tmp_path: Path) -> None:
    (make(tmp_path) / "queries").mkdir()
    found = open_project(tmp_path)
    assert found.graph == tmp_path / "graph"
    assert found.queries == tmp_path / "queries"
    assert found.ontology == ROOT / "ontology"


def test_a_message_names_a_path_from_the_folder_of_the_project(tmp_path: Path) -> None:
    found = open_project(make(tmp_path / "mine"))
    assert found.shown(found.graph / "things" / "a.trig") == "graph/things/a.trig"
    assert found.shown(tmp_path / "mine-too" / "a.trig") == (tmp_path / "mine-too" / "a.trig").as_posix()


def test_snapshots_are_kept_in_the_project(tmp_path: Path) -> None:
    assert open_project(make(tmp_path)).state == tmp_path / ".dealgraph"


def test_the_variable_moves_the_snapshots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(STATE_VARIABLE, "elsewhere")
    assert open_project(tmp_path / "mine").state == tmp_path / "elsewhere"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package as a wheel installs it: with the project inside, which nobody should write to."""
    package = tmp_path / "site-packages" / "dealgraph"
    make(package / "project")
    monkeypatch.setattr(settings, "_PACKAGE", package)
    monkeypatch.chdir(tmp_path)
    return package / "project"


def test_the_installed_project_keeps_its_snapshots_in_the_cache(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = open_project()
    assert found.root == built_in_root() == installed
    assert found.state.parent == tmp_path / "cache" / "dealgraph"


def test_without_the_variable_the_cache_is_in_the_home_folder(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert open_project(installed).state.parent == tmp_path / "home" / ".cache" / "dealgraph"


@pytest.mark.parametrize(
    ("asked", "locale", "expected"),
    [
        ("fr", {"LANG": "en_GB.UTF-8"}, "fr"),
        ("en", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("FR", {}, "fr"),
        (None, {"LANG": "fr_CA.UTF-8"}, "fr"),
        (None, {"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        (None, {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_locale(
    asked: str | None, locale: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    assert language(asked) == expected
