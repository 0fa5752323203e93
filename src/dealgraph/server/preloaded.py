"""All that workers need, imported once, in the process that they are forked from."""

from __future__ import annotations

import jinja2
import rapidfuzz.fuzz
import rapidfuzz.process

from dealgraph.server import routes, worker

LOADED = (jinja2, rapidfuzz.fuzz, rapidfuzz.process, routes, worker)
