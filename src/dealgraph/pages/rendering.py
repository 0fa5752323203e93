"""From a template and data to a page: one environment for all, which escapes text and forgives nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from dealgraph import words
from dealgraph.desk import Desk
from dealgraph.errors import DealgraphError
from dealgraph.pages.phrases import PAGES
from dealgraph.pages.shell import address, full, shell
from dealgraph.snapshot import Manifest
from dealgraph.web import Answer, Call

if TYPE_CHECKING:
    from jinja2 import Environment


def page(template: str, call: Call, *, desk: Desk | None = None, status: int = 200, **data: object) -> Answer:
    """Answer with a page: a template of the room, filled.

    Every template has at hand, besides `data`: `say` (the phrases of the language), `language`, `call`,
    `href`, `shell` (navigation, addresses) and the desk's `manifest`, if there is one. `data["forms"]`, a
    list of `(name, address, media type)`, is what else the page is to be had as.
    """
    text = _filled(template, call, desk.manifest if desk else None, data)
    return Answer(text.encode(), status=status, headers={"Content-Language": call.language})


def error_page(error: DealgraphError, language: str) -> str:
    """Return a page that tells an error: what is wrong, where, and what to do."""
    say = PAGES[language]
    kind = say.get(f"error {error.http_status}", say["error"])
    return _filled("error.html", Call("/", language=language), None, {"error": error, "kind": kind})


def _filled(template: str, call: Call, manifest: Manifest | None, data: Mapping[str, object]) -> str:
    given: dict[str, Any] = {"forms": (), **data}
    return (
        environment()
        .get_template(template)
        .render(
            say=PAGES[call.language],
            language=call.language,
            call=call,
            shell=shell(call),
            manifest=manifest,
            percent=lambda share: percent(share, call.language),
            counted=lambda claims, facts: counted(claims, facts, call.language),
            number=lambda count: number(count, call.language),
            **given,
        )
    )


@cache
def environment() -> Environment:
    """Return the environment of the templates: text is escaped, and a name that is not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("dealgraph.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["href"] = address
    made.filters["page_of"] = page_of
    made.filters["day"] = day
    made.filters["loose"] = loose
    return made


def page_of(name: str) -> str:
    """Return the path of the page on what a compact name stands for: `id:meta` is `/id/meta`."""
    return address(full(name))


def loose(text: str) -> str:
    """Let a French amount break before its unit: `14,3 milliards` and `de dollars` may stand on two lines."""
    return text.replace("\u00a0de\u00a0", " de\u00a0")


def percent(share: float, language: str) -> str:
    """Put a share from 0 to 1 into words: `71%`, `71 %`."""
    from babel.numbers import format_percent

    return str(format_percent(share, locale=language))


def counted(claims: int, facts: int, language: str) -> str:
    """Say how many claims there are, and how many of them are facts."""
    form = "one claim of which facts" if claims == 1 else "claims of which facts"
    return PAGES[language][form].format(number(claims, language), number(facts, language))


def number(count: int, language: str) -> str:
    """Put a whole number into words: `1,234`, `1 234`."""
    from babel.numbers import format_decimal

    return str(format_decimal(count, locale=language))


def day(iso: str, language: str) -> str:
    """Put a day in ISO 8601 into words."""
    return words.day(dt.date.fromisoformat(iso), language)
