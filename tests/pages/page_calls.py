"""Pages asked for as a browser asks, without a server: a path finds its route as it would there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, unquote, urlsplit

from dealgraph import api
from dealgraph.desk import Desk
from dealgraph.errors import DealgraphError
from dealgraph.pages import ROUTES, error_page
from dealgraph.web import Answer, Call, Route, problem

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


def _pattern(route: Route) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)(:path)?\}", route.pattern)
    text = ""
    for place in range(0, len(parts), 3):
        text += re.escape(parts[place])
        if place + 1 < len(parts):
            text += f"(?P<{parts[place + 1]}>{'.+' if parts[place + 2] else '[^/]+'})"
    return re.compile(text)


_TABLE = [(_pattern(route), route) for route in (*api.ROUTES, *ROUTES)]


def routed(path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of a path, the first that fits, and what it takes out of the path."""
    for pattern, route in _TABLE:
        if match := pattern.fullmatch(path):
            return route, match.groupdict()
    return None


def ask(desk: Desk, address: str, language: str = "en", accept: str = BROWSER) -> Answer:
    """The answer at an address, errors as a server would send them; a path without a route is a failure."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    found = routed(path)
    assert found, f"no route for {path}"
    route, taken = found
    query = parse_qsl(parts.query, keep_blank_values=True)
    call = Call(path, taken, query, accept=accept, language=language)
    try:
        answer = route.answer(desk, call)
    except DealgraphError as error:
        answer = problem(error, accept, lambda error: error_page(error, language))
    assert isinstance(answer, Answer)
    return answer


def text_of_page(desk: Desk, address: str, language: str = "en") -> str:
    """The HTML of a page that must be there."""
    answer = ask(desk, address, language)
    assert answer.status == 200, address
    assert answer.media_type.startswith("text/html")
    return answer.whole().decode()


def words_of(html: str) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def local_links(html: str) -> Iterator[str]:
    """The addresses on this server that a page leads to, without fragments."""
    for address in re.findall(r'(?:href|src)="(/[^"]*)"', html):
        yield unescape(address).partition("#")[0]


def items(html: str, mark: str) -> list[str]:
    """What the list items of a certainty (`fact`, `said`, `follows`) say."""
    found = re.findall(rf'<li class="[^"]*\bis-{mark}\b[^"]*">(.*?)</li>', html, re.DOTALL)
    return [words_of(item) for item in found]
