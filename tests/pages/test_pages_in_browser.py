"""Pages in a real browser: nothing serious for axe, no side to side scrolling, nothing asked elsewhere."""

from __future__ import annotations

import mimetypes
import shutil
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from page_calls import ask

from dealgraph.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ORIGIN = "http://dealgraph.test"
PAGES = (
    "/",
    "/deals",
    "/id/meta",
    "/id/deal-meta-scale-ai-2025",
    "/id/prometheus",
    "/claim/abcbourse-2025-06-13-15",
    "/article/abcbourse-2025-06-13",
    "/why?subject=id:meta&predicate=dg:holdsMinorityStakeIn&object=id:scale-ai",
    "/why?subject=id:meta&predicate=dg:controls&object=id:scale-ai",
    "/graph/facts",
    "/id/nothing-of-this-name",
    "/questions",
    "/questions/contradictions/agreement",
    "/questions/deals/amounts?why=1",
    "/questions/people/roles?organization=nobody+of+this+name",
    "/contradictions",
    "/changes",
    "/search?q=meta",
    "/ontology",
    "/ontology/Company",
    "/editor?example=deals/list&run=1",
    "/editor?query=SELECT&run=1",
    "/about",
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="NOT TESTED IN A BROWSER: no Chromium is installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, desk: Desk, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser whose requests the routes answer; any request elsewhere fails the test."""
    width, is_dark = getattr(request, "param", (1280, False))
    elsewhere: list[str] = []

    def answer(route: Route) -> None:
        address = route.request.url
        if not address.startswith(ORIGIN):
            elsewhere.append(address)
            route.abort()
            return
        path = address.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            name = urlsplit(path).path.removeprefix("/static/")
            body = files("dealgraph.pages").joinpath("static", name).read_bytes()
            kind = mimetypes.guess_type(name)[0] or "text/plain"
            route.fulfill(body=body, headers={"Content-Type": kind})
            return
        told = ask(desk, path, "fr" if path.endswith("lang=fr") else "en")
        policy = "default-src 'self'"
        headers = {"Content-Type": told.media_type, "Content-Security-Policy": policy}
        route.fulfill(status=told.status, body=told.whole(), headers=headers)

    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if is_dark else "light"
    )
    opened = context.new_page()
    opened.route("**/*", answer)
    problems: list[str] = []
    opened.on("console", lambda m: problems.append(m.text) if "Content Security Policy" in m.text else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    context.close()
    assert elsewhere == []
    assert problems == []


WIDE, NARROW = (1400, False), (360, True)
BOTH = ("/", "/id/deal-meta-scale-ai-2025", "/contradictions", "/questions/deals/amounts?why=1")
"""What is looked at wide and light and narrow and dark; the others take turns."""


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (address, size)
        for number, address in enumerate(PAGES)
        for turn, size in enumerate((WIDE, NARROW))
        if number % 2 == turn or address in BOTH
    ],
    indirect=["page"],
)
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(page: Page, address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(ORIGIN + address)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["target"]) for v in found if v["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("page", [(360, False)], indirect=True, ids=["phone"])
@pytest.mark.parametrize(
    "address", ["/", "/deals", "/id/deal-meta-scale-ai-2025", "/claim/abcbourse-2025-06-13-15"]
)
def test_french_fits_on_a_phone(page: Page, address: str) -> None:
    page.goto(f"{ORIGIN}{address}?lang=fr")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_names_are_suggested_while_one_types_and_the_keyboard_takes_one(page: Page) -> None:
    page.goto(ORIGIN + "/")
    box = page.locator("#home-search")
    box.type("scale")
    page.wait_for_selector("#home-search-suggestions li")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    assert page.locator("#home-search-suggestions li[aria-selected=true]").count() == 1
    box.press("Enter")
    page.wait_for_url("**/id/scale-ai")
    assert page.locator("h1").inner_text() == "Scale AI"


def test_the_first_thing_that_the_keyboard_reaches_skips_to_the_content(page: Page) -> None:
    page.goto(ORIGIN + "/id/meta")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
