"""The files of the SPARQL editor, taken out of an installed package once; the project holds none of them.

The program `oxigraph` (a wheel of its own) serves them from inside itself. Without it the editor is a plain
one.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

NAMES: Final = ("yasgui.min.js", "yasgui.min.css")
_PATIENCE: Final = 10.0


def editor_assets(folder: Path) -> bool:
    """See that a folder holds the files of the editor; tells whether it does.

    Reach for it when a server starts: the first time takes a second, later ones nothing.
    """
    if all((folder / name).is_file() for name in NAMES):
        return True
    program = _oxigraph()
    if program is None:
        return False
    try:
        found = _served(program)
    except (OSError, subprocess.SubprocessError):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in found.items():
        draft = folder / f"{name}.new"
        draft.write_bytes(content)
        draft.replace(folder / name)
    return True


def _oxigraph() -> str | None:
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def _served(program: str) -> dict[str, bytes]:
    """Start the program on an empty store, on this machine alone, ask for its files, and end it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as store:
        command = [program, "serve", "--location", store, "--bind", f"127.0.0.1:{port}"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                return {name: _fetched(f"http://127.0.0.1:{port}/{name}") for name in NAMES}
            finally:
                server.kill()


def _fetched(address: str) -> bytes:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
