"""The scale of scores, from 0 to 100, and where on it proposals begin."""

from __future__ import annotations

from typing import Final

LEAST_SCORE: Final = 37.0
