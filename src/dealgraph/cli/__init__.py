"""The command line: thin verbs over the rooms below."""

from dealgraph.cli.app import main

__all__ = ["main"]
