"""The house rules that a machine can read: floors, sizes, light start, portable text, docstrings."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "dealgraph"

# From the ground up. A module imports from strictly lower floors. A sub-package is one entry here; its own
# modules may import each other, without cycles.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("__init__", "errors"),
    ("kept", "pace", "phrases", "program", "quads", "quantity", "settings", "terms"),
    ("claim", "snapshot", "stored", "turtle", "web", "words"),
    ("admit", "examples", "mapping", "shacl"),
    (
        "ask",
        "check",
        "closure",
        "derive",
        "evidence",
        "formats",
        "hermit",
        "lineage",
        "lookup",
        "profile",
        "rdf_files",
        "schema",
        "sources",
        "verify",
    ),
    ("flat", "horn", "identifiers", "inline", "link", "rdf_names", "report", "search"),
    ("enrich", "reason"),
    ("asked", "assembly", "briefing", "comparison", "diff", "federation", "linked_data", "proof", "stats"),
    ("increment", "void"),
    ("checking", "holdings", "missing", "states"),
    ("edits",),
    ("growing",),
    ("build", "explain", "status"),
    ("changing", "desk"),
    ("api",),
    ("pages",),
    ("reconcile",),
    ("server",),
    ("cli",),
    ("__main__",),
)

MAX_LINES_OF_FILE = 400
MAX_LINES_OF_FUNCTION = 60

# Each costs a tenth of a second or more at the start of every command, or patches others when imported.
HEAVY = (
    "babel",
    "edtf",
    "httpx",
    "jinja2",
    "owlready2",
    "pyshacl",
    "rapidfuzz",
    "rdflib",
    "starlette",
    "uvicorn",
)

GENERATED_FOLDERS = frozenset({"__pycache__", "build", "dist", "node_modules"})
HIDDEN_BUT_OURS = frozenset({".ci", ".github"})

REGISTRY_HOST = re.compile(
    r"\b(?:(?:pypi|pythonhosted|npmjs|rubygems|debian|anaconda)\.org|npmjs\.com|crates\.io|proxy\.golang\.org)\b",
    re.IGNORECASE,
)
MACHINE_PATH = re.compile(
    r"(?<![\w.)}\-])/(?:home|root|Users|tmp|work|farm|mnt|opt|private|var/folders)/\w|\b[A-Z]:\\+Users\b"
)


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


# --- floors ---------------------------------------------------------------------------------------------


def modules_of(package: Path) -> dict[str, Path]:
    """Every module by its dotted name inside the package: `terms`, `cli` (its `__init__`), `cli.tables`."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        found[".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)] = path
    return found


def absolute_names(node: ast.Import | ast.ImportFrom, path: Path, package: Path) -> Iterator[str]:
    """The dotted names that one import statement asks for, relative ones resolved."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = [node.module] if node.module else []
    if node.level:
        folder = path.parents[node.level - 1].relative_to(package.parent).parts
        base = [*folder, *base]
    yield from (".".join([*base, alias.name]) for alias in node.names)


def imports_of(path: Path, package: Path, modules: dict[str, Path]) -> dict[str, int]:
    """The package's modules that one file imports, anywhere in it, each with the first line that does."""
    found: dict[str, int] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for name in absolute_names(node, path, package):
            top, *rest = name.split(".")
            if top == package.name:
                while rest and ".".join(rest) not in modules:
                    rest.pop()
                found.setdefault(".".join(rest) or "__init__", node.lineno)
    return found


def misplaced(package: Path, floors: tuple[tuple[str, ...], ...]) -> list[str]:
    """What breaks the one direction of imports, a sentence each."""
    floor_of = {room: floor for floor, rooms in enumerate(floors) for room in rooms}
    modules = modules_of(package)
    rooms = {name.split(".")[0] for name in modules}
    problems = [f"{room}: on no floor; give it a place in FLOORS" for room in sorted(rooms - floor_of.keys())]
    inside: dict[str, set[str]] = {}
    for name, path in modules.items():
        room = name.split(".")[0]
        for target, line in imports_of(path, package, modules).items():
            target_room = target.split(".")[0]
            if target_room == room:
                inside.setdefault(name, set()).add(target)
            elif floor_of.get(target_room, -1) >= floor_of.get(room, len(floors)):
                problems.append(f"{path.relative_to(package)}:{line}: {room} may not import {target}")
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as error:
        problems.append(f"import cycle: {' -> '.join(error.args[1])}")
    return problems


def write_package(folder: Path, files: dict[str, str]) -> Path:
    package = folder / "house"
    for name, source in {"__init__.py": "", **files}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return package


def test_every_module_imports_from_lower_floors_only() -> None:
    assert {"errors", "terms"} <= modules_of(PACKAGE).keys()
    assert misplaced(PACKAGE, FLOORS) == []


def test_a_room_stands_on_one_floor() -> None:
    rooms = [room for floor in FLOORS for room in floor]
    assert len(rooms) == len(set(rooms))


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"low.py": "from house import high", "high.py": ""}, "low.py:1: low may not import high"),
        ({"low.py": "from house.high import x", "high.py": "x = 1"}, "low.py:1: low may not import high"),
        ({"low.py": "from .high import x", "high.py": "x = 1"}, "low.py:1: low may not import high"),
        ({"low.py": "def f():\n    import house.high", "high.py": ""}, "low.py:2: low may not import high"),
        ({"low.py": "from house import beside", "beside.py": ""}, "low.py:1: low may not import beside"),
        ({"low.py": "from .wing import a", "wing/a.py": ""}, "low.py:1: low may not import wing.a"),
        ({"wing/a.py": "from ..high import x", "high.py": "x = 1"}, "wing/a.py:1: wing may not import high"),
        ({"attic.py": ""}, "attic: on no floor; give it a place in FLOORS"),
        ({"wing/a.py": "from . import b", "wing/b.py": "from house.wing import a"}, "import cycle: "),
    ],
)
def test_an_import_the_wrong_way_is_found(tmp_path: Path, files: dict[str, str], problem: str) -> None:
    floors = (("__init__",), ("low", "beside"), ("wing",), ("high",))
    found = misplaced(write_package(tmp_path, files), floors)
    assert len(found) == 1
    assert found[0].startswith(problem)


def test_imports_downwards_and_inside_a_sub_package_are_fine(tmp_path: Path) -> None:
    files = {
        "low.py": "import os\nfrom house import version",
        "wing/__init__.py": "from house.wing.a import x",
        "wing/a.py": "from .b import x\nfrom ..low import os",
        "wing/b.py": "from house.low import os as x",
    }
    assert misplaced(write_package(tmp_path, files), (("__init__",), ("low",), ("wing",))) == []


# --- sizes and docstrings ---------------------------------------------------------------------------------


def python_files() -> list[Path]:
    return sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])


def oversized(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    problems = []
    if (lines := len(source.splitlines())) > MAX_LINES_OF_FILE:
        problems.append(f"{path}: {lines} lines; make two rooms of it")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_LINES_OF_FUNCTION:
                problems.append(f"{path}:{node.lineno}: {node.name} has {length} lines; split it")
    return problems


def public_definitions(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, Definition]]:
    """Public classes and functions of a module, with the public methods of its public classes."""
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield f"{owner}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node.body, f"{owner}{node.name}.")


def undocumented(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        f"{path}:{node.lineno}: {name} is public and has no docstring"
        for name, node in public_definitions(tree.body)
        if ast.get_docstring(node) is None
    ]


def test_files_and_functions_read_in_one_glance() -> None:
    assert [problem for path in python_files() for problem in oversized(path)] == []


def test_what_is_too_long_is_found(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def f():\n" + "    x = 1\n" * MAX_LINES_OF_FILE, encoding="utf-8")
    assert [problem.rpartition("; ")[2] for problem in oversized(path)] == [
        "make two rooms of it",
        "split it",
    ]


def test_every_public_definition_has_a_docstring() -> None:
    assert [problem for path in sorted(PACKAGE.rglob("*.py")) for problem in undocumented(path)] == []


def test_a_missing_docstring_is_found(tmp_path: Path) -> None:
    path = tmp_path / "bare.py"
    source = 'class A:\n    """Has one."""\n    def b(self): ...\n    def _c(self): ...\nasync def d(): ...\n'
    path.write_text(source, encoding="utf-8")
    assert [problem.split()[1] for problem in undocumented(path)] == ["A.b", "d"]


# --- a light start ----------------------------------------------------------------------------------------


def loaded_by(statement: str) -> set[str]:
    """Which heavy libraries a fresh interpreter has loaded after one statement."""
    script = f"{statement}\nimport sys\nprint(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    assert loaded_by("import dealgraph.cli.app") == set()


def test_a_heavy_library_is_noticed() -> None:
    assert loaded_by("import rdflib") == {"rdflib"}


# --- portable text ----------------------------------------------------------------------------------------


def text_files(root: Path) -> Iterator[tuple[Path, str]]:
    """The text files that belong to the project, not what tools wrote beside them."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if name in HIDDEN_BUT_OURS
            or not (name.startswith(".") or name in GENERATED_FOLDERS or name.endswith(".egg-info"))
        )
        for name in sorted(set(names) - {".git"}):  # in a worktree of git, a file that names its folder
            path = Path(folder, name)
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def unportable(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number}: names {what}: {hit.group()}"
        for path, text in text_files(root)
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in (("a package registry", REGISTRY_HOST), ("a path of one machine", MACHINE_PATH))
        if (hit := pattern.search(line))
    ]


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    assert {"pyproject.toml", "Makefile", "run"} <= {path.name for path, _ in text_files(ROOT)}
    assert unportable(ROOT) == []


# Put together here, so that this file itself stays clean.
@pytest.mark.parametrize(
    "text",
    [
        "/".join(("see ", "home", "someone", "notes")),
        "/".join(("file:", "", "", "tmp", "graph.nt")),
        "/".join(('"', "work", 'here"')),
        "\\".join(("C:", "Users", "someone")),
        ".".join(("https://files.pythonhosted", "org/packages")),
        ".".join(("index = PyPI", "org")),
    ],
)
def test_a_registry_or_a_path_of_one_machine_is_found(tmp_path: Path, text: str) -> None:
    (tmp_path / "notes.md").write_text(f"fine\n{text}\n", encoding="utf-8")
    assert [problem.split(":")[:2] for problem in unportable(tmp_path)] == [["notes.md", "2"]]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/home/12",
        "$(BASE)/mnt/x",
        "./opt/x",
        "#!/usr/bin/env bash",
        "schema.org",
        "a/home/b",
    ],
)
def test_addresses_and_relative_paths_are_fine(tmp_path: Path, text: str) -> None:
    (tmp_path / "notes.md").write_text(text, encoding="utf-8")
    assert unportable(tmp_path) == []
