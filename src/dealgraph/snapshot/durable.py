"""Files that survive a power cut: written, forced to the disk, then named.

A file that is renamed into place may, after a power cut, have its new name and none of its bytes, unless they
were forced out first; and the name itself is lost unless the folder was forced out after. So each step waits
for the one before it: contents, their folder, the new name, the folder that holds the name.
"""

from __future__ import annotations

import os
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write a small file and wait until its bytes are on the disk; its name is the folder's affair."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def replace(old: Path, new: Path) -> None:
    """Give a file or a folder whose contents are on the disk its name, and wait until that is there too."""
    old.replace(new)
    sync(new.parent)


def sync(path: Path) -> None:
    """Wait until the bytes of a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_all(folder: Path) -> None:
    """Wait until all files below a folder, and their names, are on the disk."""
    for below in sorted(folder.iterdir()):
        if below.is_dir():
            sync_all(below)
        else:
            sync(below)
    sync(folder)
