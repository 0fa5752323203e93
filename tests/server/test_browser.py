"""The real server in a real browser: nothing is asked elsewhere, and what is read needs no script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import Served, served

from dealgraph.server.assets import editor_assets

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="NOT TESTED IN A BROWSER: no Chromium is installed")

QUERY = "SELECT ?thing { ?thing a <https://w3id.org/dealgraph/ontology%23DataCenter> } ORDER BY ?thing"
PAGES = ("/questions/facilities/capacity", "/api/docs", "/nowhere")
"""Those that no other test opens in a browser."""


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(built, tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        opened = running.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


def opened(context: BrowserContext, server: Served) -> tuple[Page, list[str]]:
    """A page of a browser, and what goes wrong in it: requests elsewhere, what its policy forbids."""
    page, problems = context.new_page(), list[str]()
    own = (server.origin, "data:")
    page.on("request", lambda r: None if r.url.startswith(own) else problems.append(r.url))
    page.on("console", lambda m: problems.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    return page, problems


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_sound_in_light_and_dark_wide_and_narrow(
    browser: Browser, server: Served, address: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for width, scheme in ((1400, "light"), (360, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        page, problems = opened(context, server)
        page.goto(server.origin + address)
        found = Axe().run(page).response["violations"]
        serious = [v for v in found if v["impact"] in ("serious", "critical")]
        assert [(v["id"], v["nodes"][0]["target"]) for v in serious] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert problems == []
        context.close()


def test_the_editor_runs_a_query_and_asks_nobody_else(browser: Browser, server: Served, built: Path) -> None:
    if not editor_assets(built / ".dealgraph" / "assets"):
        pytest.skip("NOT TESTED: the wheel oxigraph, which carries the editor, is not installed")
    context = browser.new_context()
    page, problems = opened(context, server)
    page.goto(f"{server.origin}/editor?query={QUERY.replace(' ', '+')}")
    page.wait_for_selector(".tabPanel.active .CodeMirror")
    page.click(".tabPanel.active .yasqe_queryButton")
    page.wait_for_selector(".tabPanel.active .yasr_results td")
    page.click(".tabPanel.active .yasr_results a:has-text('id/hyperion')")
    page.wait_for_url(f"{server.origin}/id/hyperion")
    assert problems == []
    context.close()


def test_without_scripts_one_can_search_ask_and_write_a_query(browser: Browser, server: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page, problems = opened(context, server)
    page.goto(server.origin)
    page.fill("header input[name=q]", "scale ai")
    page.press("header input[name=q]", "Enter")
    page.click("main a:has-text('Scale AI')")
    assert page.inner_text("h1") == "Scale AI"
    page.goto(f"{server.origin}/questions/companies/profile")
    page.fill("input[name=thing]", "Scale AI")
    page.press("input[name=thing]", "Enter")
    assert "Scale AI" in page.inner_text("main")
    page.goto(f"{server.origin}/editor")
    page.fill("textarea[name=query]", QUERY.replace("%23", "#"))
    page.click("button[name=run]")
    assert "Hyperion" in page.inner_text("main table")
    assert problems == []
    context.close()


def test_the_language_is_switched_by_a_link_and_stays(browser: Browser, server: Served) -> None:
    context = browser.new_context(locale="en-GB")
    page, _ = opened(context, server)
    page.goto(server.origin + "/id/meta")
    assert page.get_attribute("html", "lang") == "en"
    page.click("header a:has-text('Français')")
    page.click("nav a:has-text('Installations')")
    assert page.get_attribute("html", "lang") == "fr"
    context.close()
