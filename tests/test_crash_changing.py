"""Whatever moment a change is killed at, the old or the new snapshot answers, and it can be made again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from command_line import Cli, edit
from crashing import seen
from dealgraph.build import build
from dealgraph.settings import open_project

ARK = "arktechnews-2025-07-15"
KILLS = 3


def test_a_change_killed_at_any_moment_loses_nothing(cli: Cli, project: Path, tmp_path: Path) -> None:
    opened = open_project(project)
    build(opened, checked=False)
    article = project / "graph" / "articles" / "2025" / f"{ARK}.trig"
    new = Path(shutil.copy(article, tmp_path / "new.trig"))
    edit(new, 'dg:paraphrase "The money bought 49 % of the shares."', 'dg:paraphrase "Meta bought 49 %."')
    texts = article.read_text(encoding="utf-8"), new.read_text(encoding="utf-8")
    contents, random = {seen(opened.state)}, Random(7)
    took = _seconds_of_a_change(new, project)
    contents.add(seen(opened.state))
    assert len(contents) == 2
    for _ in range(KILLS):
        _put_back(project, article, texts[0])
        with _changing(new, project) as running:
            time.sleep(random.uniform(0.3, 1) * took)
            running.send_signal(signal.SIGKILL)
            running.wait(60)
        assert seen(opened.state) in contents
        assert article.read_text(encoding="utf-8") in texts
        again = cli("replace", new, "--project", project)
        assert again.code == 0, again.err
        assert article.read_text(encoding="utf-8") == texts[1]
        assert cli("status", "--project", project).code == 0
    left = {path.name for path in opened.state.iterdir()} | {p.name for p in article.parent.iterdir()}
    assert "workshop" not in left
    assert not any(name.endswith(".new") for name in left)


def _changing(new: Path, project: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dealgraph", "replace", str(new), "--project", str(project)]
    return subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _seconds_of_a_change(new: Path, project: Path) -> float:
    begun = time.perf_counter()
    with _changing(new, project) as running:
        assert running.wait(60) == 0
    return time.perf_counter() - begun


def _put_back(project: Path, article: Path, text: str) -> None:
    article.write_text(text, encoding="utf-8")
    build(open_project(project), checked=True)
