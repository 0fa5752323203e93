"""Turtle and TriG files: read with their places, written in the one canonical form.

`read` gives the statements of a file as they were written, every lexical form kept; `write` turns
statements into text that depends on nothing but the statements; `format_text` does both, for the
files of a project. `tokens` looks at the text only, `term` at one term, `blanks` at blank nodes.
"""

from dealgraph.turtle.document import Document, read, read_text
from dealgraph.turtle.form import format_text, formatted, write
from dealgraph.turtle.tokens import subject_lines

__all__ = ["Document", "format_text", "formatted", "read", "read_text", "subject_lines", "write"]
