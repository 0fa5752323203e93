"""A knowledge graph of AI-industry deals in which every answer leads back to a passage."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
