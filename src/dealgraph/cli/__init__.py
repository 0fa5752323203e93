"""The command line: thin verbs over the rooms below."""

from __future__ import annotations

import sys

from dealgraph.errors import Interrupted


def main() -> None:
    """Run the program; every expected error ends in one line on stderr and its own exit code."""
    try:
        # Imported here, for that takes long enough to be interrupted.
        from dealgraph.cli.app import main as run
    except KeyboardInterrupt:
        sys.stderr.write("error: stopped\n")
        sys.exit(Interrupted.exit_code)
    run()


__all__ = ["main"]
