"""Read an RDF file into a document: its statements, and what messages about them need; write one whole."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat
from pyoxigraph import parse as parse_rdf

from dealgraph.errors import DealgraphError, SyntaxProblem, UnknownPrefix, Unreadable
from dealgraph.terms import PREFIXES
from dealgraph.turtle.tokens import comments, subject_lines, tokens

FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
}
_PLACE_IN_MESSAGE: Final = re.compile(r"Parser error (?:at|between) line .*?: ")
_UNDECLARED: Final = re.compile(r"The prefix (.*): has not been declared")


@dataclass(frozen=True)
class Document:
    """An RDF file as it was read.

    `quads` stand in the order of the file, terms with the lexical forms it writes, blank nodes with
    labels that no other document has.
    """

    path: Path
    quads: tuple[Quad, ...] = field(repr=False)
    text: str = field(default="", repr=False)

    @property
    def head(self) -> tuple[str, ...]:
        """The comment lines before everything else."""
        return self._comments[0]

    @property
    def strays(self) -> tuple[int, ...]:
        """The lines of all other comments."""
        return self._comments[1]

    @cached_property
    def lines(self) -> Mapping[str, tuple[int, ...]]:
        """By subject IRI, each line on which a description of it begins (from 1, first one first)."""
        return subject_lines(self.text)

    @cached_property
    def _comments(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        return comments(tokens(self.text))


def read(path: Path) -> Document:
    """Read a `.ttl`, `.trig`, `.nt` or `.nq` file; reach for it wherever RDF enters the program.

    Raises `Unreadable` for a file that is missing, a folder, not UTF-8 or of another kind, and what
    `parse` raises.
    """
    return parse(read_text(path), path)


def read_text(path: Path) -> str:
    """Read a file of UTF-8 text, without the byte order mark that some editors write before it.

    Raises `Unreadable` for a file that cannot be read, and names the first byte that is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _no_file(path, error) from error
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"byte {error.start + 1} of the file (0x{data[error.start]:02X}) is not UTF-8",
            where=f"{path}:{line}",
            fix="Save the file in the encoding UTF-8",
        ) from error


def write_text(path: Path, text: str) -> None:
    """Replace a file by a text in UTF-8, whole or not at all; a folder that is missing is made.

    Raises `Unreadable` where that cannot be done; the earlier file is then as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(temporary).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise Unreadable(
            f"cannot be written ({error.strerror})", where=str(path), fix="Check its folder and rights"
        ) from None


def parse(text: str, path: Path) -> Document:
    """Parse the text of an RDF file; `path` names it in messages, and its suffix tells the syntax.

    Raises `SyntaxProblem` with file, line and column, `UnknownPrefix` for a prefix that the file
    does not declare, `Unreadable` for a suffix that is not one of `FORMATS`.
    """
    if path.suffix not in FORMATS:
        raise Unreadable(
            "is not a kind of RDF file that the program reads",
            where=str(path),
            fix=f"Its name must end in one of {' '.join(FORMATS)}",
        )
    try:
        quads = tuple(parse_rdf(text, FORMATS[path.suffix], rename_blank_nodes=True))
    except SyntaxError as error:
        raise _explained(error, path) from error
    return Document(path, quads, text)


def _no_file(path: Path, error: OSError) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return Unreadable("there is no such file", where=str(path), fix="Check the name")
    if isinstance(error, IsADirectoryError):
        return Unreadable("is a folder, not a file", where=str(path), fix="Name the files in it")
    return Unreadable(f"cannot be read ({error.strerror})", where=str(path), fix="Check its rights")


def _explained(error: SyntaxError, path: Path) -> DealgraphError:
    """Turn an error of the parser into one with a place that editors understand."""
    where = ":".join(str(part) for part in (path, error.lineno, error.offset) if part is not None)
    message = _PLACE_IN_MESSAGE.sub("", error.msg)
    undeclared = _UNDECLARED.fullmatch(message)
    if undeclared is None:
        return SyntaxProblem(message, where=where, fix="Correct the file at this place")
    prefix = undeclared[1]
    if prefix in PREFIXES:
        fix = f"Put this line at the head of the file: @prefix {prefix}: <{PREFIXES[prefix]}> ."
    else:
        fix = f"Declare it with @prefix, or use one of these: {' '.join(PREFIXES)}"
    return UnknownPrefix(f"the prefix {prefix}: is not declared", where=where, fix=fix)
