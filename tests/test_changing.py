"""Articles come, go and are replaced: the result is that of a full build, or nothing has changed at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Quad

from command_line import Cli, edit
from dealgraph import snapshot
from dealgraph.build import build
from dealgraph.settings import open_project
from dealgraph.snapshot import publishing

ARK, ABC = "arktechnews-2025-07-15", "abcbourse-2025-06-13"


def article(project: Path, slug: str) -> Path:
    return project / "graph" / "articles" / "2025" / f"{slug}.trig"


def files(project: Path) -> dict[str, str]:
    found = sorted(path for path in (project / "graph").rglob("*") if path.is_file())
    return {str(path.relative_to(project)): path.read_text(encoding="utf-8") for path in found}


def content(project: Path) -> set[Quad]:
    """What the snapshot of a project holds; it is built if need be."""
    build(open_project(project))
    return set(snapshot.open_store(open_project(project).state))


def built_anew(project: Path, tmp_path: Path) -> set[Quad]:
    """What a full build of the files as they stand gives."""
    fresh = tmp_path / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(project, fresh, ignore=shutil.ignore_patterns(".dealgraph"))
    build(open_project(fresh), checked=False)
    return content(fresh)


def test_an_article_goes_and_comes_back_as_in_a_full_build(cli: Cli, project: Path, tmp_path: Path) -> None:
    before, known = files(project), content(project)
    kept = {slug: shutil.copy(article(project, slug), tmp_path / f"{slug}.trig") for slug in (ARK, ABC)}
    gone = cli("remove", "arktechnews", "--unlink", "--project", project)
    assert gone.code == 0, gone.err
    assert "removed: graph/articles/2025/arktechnews-2025-07-15.trig" in gone.err
    assert "holds stake in" in gone.out
    assert not article(project, ARK).exists()
    assert "arktechnews-2025-07-15-44" not in article(project, ABC).read_text(encoding="utf-8")
    assert content(project) == built_anew(project, tmp_path)
    back = cli("add", *kept.values(), "--or-replace", "--project", project)
    assert back.code == 0, back.err
    assert "49%" in back.out
    assert files(project) == before
    assert content(project) == known


def test_an_article_that_others_speak_of_does_not_go_unnoticed(cli: Cli, project: Path) -> None:
    before = files(project)
    run = cli("remove", "arktechnews", "--project", project)
    assert run.code == 58
    assert "claim:abcbourse-2025-06-13-35 (graph/articles/2025/abcbourse-2025-06-13.trig:" in run.err
    assert "--unlink" in run.err
    assert files(project) == before


def test_a_new_version_replaces_the_old_one_and_tells_what_it_changes(
    cli: Cli, project: Path, tmp_path: Path
) -> None:
    new = Path(shutil.copy(article(project, ARK), tmp_path / "new.trig"))
    edit(new, 'dg:paraphrase "The money bought 49 % of the shares."', 'dg:paraphrase "Meta bought 49 %."')
    run = cli("replace", new, "--project", project)
    assert run.code == 0, run.err
    assert "written: graph/articles/2025/arktechnews-2025-07-15.trig" in run.err
    assert article(project, ARK).read_text(encoding="utf-8") == new.read_text(encoding="utf-8")
    assert content(project) == built_anew(project, tmp_path)
    again = cli("replace", new, "--project", project)
    assert (again.code, "Nothing to change" in again.err) == (0, True)


def test_what_breaks_a_rule_changes_nothing_and_is_named_in_the_file_given(
    cli: Cli, project: Path, tmp_path: Path
) -> None:
    before, known = files(project), content(project)
    bad = Path(shutil.copy(article(project, ARK), tmp_path / "bad.trig"))
    line = edit(bad, "    dg:stance dg:Asserted ;\n", "")
    run = cli("replace", bad, "--project", project)
    assert run.code == 1
    assert "ClaimHasOneStance" in run.out
    assert f"{bad}:" in run.out
    assert "Never applied" not in run.out
    assert "nothing was changed" in run.err
    assert line > 0
    assert (files(project), content(project)) == (before, known)


def test_others_are_taken_after_one_that_is_refused(cli: Cli, project: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.trig"
    bad.write_text("this is no TriG", encoding="utf-8")
    good = Path(shutil.copy(article(project, ARK), tmp_path / "good.trig"))
    edit(good, 'dg:paraphrase "The money bought 49 % of the shares."', 'dg:paraphrase "Meta bought 49 %."')
    run = cli("replace", bad, good, "--keep-going", "--project", project)
    assert run.code == 1
    assert f"{bad}:1" in run.err
    assert "1 of 2 files refused" in run.err
    assert "Meta bought 49 %." in article(project, ARK).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("add", "{changed}"), 56, "dealgraph replace"),
        (("add", "{same}"), 0, "Nothing to change"),
        (("replace", "{other}"), 57, "dealgraph add"),
        (("add", "{nothing}"), 26, "neither an article"),
        (("add", "{changed}", "{twice}", "--or-replace"), 56, "the same article"),
        (("add", "no-such-file.trig"), 25, "no-such-file"),
        (("remove", "gazette"), 16, "arktechnews"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_changes(
    cli: Cli, project: Path, tmp_path: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    same = article(project, ARK).read_text(encoding="utf-8")
    changed = same.replace("The money bought 49 % of the shares.", "Meta bought 49 %.")
    texts = {
        "same": same,
        "changed": changed,
        "twice": changed.replace("Meta bought", "They bought"),
        "other": same.replace("arktechnews-2025-07-15", "gazette-2025-08-01"),
        "nothing": "@prefix id: <https://w3id.org/dealgraph/id/> . id:a id:b id:c .",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.trig").write_text(text, encoding="utf-8")
    before = files(project)
    paths = {name: str(tmp_path / f"{name}.trig") for name in texts}
    run = cli(*(word.format(**paths) for word in words), "--project", project)
    assert (run.code, says in run.err) == (code, True), run.err
    assert "Traceback" not in run.err
    assert files(project) == before


def test_files_are_put_back_if_the_snapshot_cannot_be_written(
    cli: Cli, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project)
    new = Path(shutil.copy(article(project, ARK), tmp_path / "new.trig"))
    edit(new, 'dg:paraphrase "The money bought 49 % of the shares."', 'dg:paraphrase "Meta bought 49 %."')

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    build(open_project(project))
    monkeypatch.setattr(publishing, "describe", full)
    run = cli("replace", new, "--project", project)
    assert (run.code, "No space left" in run.err) == (19, True)
    assert files(project) == before


def test_things_that_change_are_built_whole_and_that_is_said(cli: Cli, project: Path, tmp_path: Path) -> None:
    known = content(project)
    things = project / "graph" / "things" / "companies.trig"
    new = Path(shutil.copy(things, tmp_path / things.name))
    edit(new, '"Meta"@en', '"Meta Platforms"@en')
    run = cli("replace", new, "--project", project)
    assert run.code == 0, run.err
    assert "Everything was built: a file of things changes or goes" in run.err
    assert content(project) == built_anew(project, tmp_path) != known


def test_a_change_says_what_it_was_not_put_to(cli: Cli, project: Path, tmp_path: Path) -> None:
    content(project)
    new = Path(shutil.copy(article(project, ARK), tmp_path / "new.trig"))
    edit(new, 'dg:paraphrase "The money bought 49 % of the shares."', 'dg:paraphrase "Meta bought 49 %."')
    run = cli("replace", new, "--project", project)
    assert "Not looked at, for it compares everything: checks/shared-labels" in run.err
    assert "Everything was built" not in run.err


def test_a_snapshot_that_was_not_checked_is_not_built_upon(cli: Cli, project: Path, tmp_path: Path) -> None:
    build(open_project(project), full=True, checked=False)
    new = Path(shutil.copy(article(project, ARK), tmp_path / "new.trig"))
    edit(new, 'dg:paraphrase "The money bought 49 % of the shares."', 'dg:paraphrase "Meta bought 49 %."')
    run = cli("replace", new, "--project", project)
    assert "Everything was built: the snapshot was built without a check" in run.err
    assert snapshot.open_current(open_project(project).state).manifest.checked


def test_a_spoilt_snapshot_is_not_carried_on(project: Path) -> None:
    known = content(project)
    state = open_project(project).state
    folder = snapshot.current(state)
    table = max((folder / "store").glob("*.sst"), key=lambda path: path.stat().st_size)
    spoilt = bytearray(table.read_bytes())
    spoilt[len(spoilt) // 2] ^= 0xFF
    table.write_bytes(bytes(spoilt))
    edit(article(project, ARK), "The money bought 49 % of the shares.", "Meta bought 49 %.")
    assert len(content(project)) == len(known)
    snapshot.unspoilt(snapshot.current(state))
