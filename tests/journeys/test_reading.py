"""A regulator reads, changes the language, cites; on a desk, on a phone, without JavaScript, right to left."""

import gzip
import urllib.request
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.complaints import watch

PAGES = {
    "home": "/{}/",
    "list": "/{}/recommendations/",
    "chapter": "/{}/recommendations/sim-swap/",
    "section": "/{}/recommendations/sim-swap/sim-mno/",
    "recommendation": "/{}/r/SIM-MNO-03/",
    "catalogue": "/{}/controls/assurance-framework/",
    "threat": "/{}/r/SAF-T10/",
    "control": "/{}/r/SAF-053/",
    "competence": "/{}/r/CCF-01/",
    "MOU template": "/{}/mou/",
    "clause": "/{}/r/MOU-029/",
    "builder": "/{}/mou-builder/",
    "plain page": "/{}/about/",
    "glossary": "/{}/glossary/",
    "search": "/{}/search/?q=SIM",
    "download": "/{}/recommendations/sim-swap.pdf/progress/",
    "not found": "/{}/no-such-page/",
}
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # it need not describe what is right
}
KILOBYTE = 1000


def violations(page: Page) -> list[Any]:
    found = Axe().run(page, options=AXE)["violations"]
    return [(row["id"], [node["html"][:160] for node in row["nodes"][:3]]) for row in found]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_accessible_quiet_and_fits_a_phone(page: Page, name: str, language: str) -> None:
    complaints = watch(page)
    page.goto(PAGES[name].format(language))
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
    if name != "not found":
        assert complaints == []


def test_the_checks_find_what_is_wrong(page: Page) -> None:
    complaints = watch(page)
    page.goto(PAGES["home"].format("en"))
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\" style=\"top:0\">')"
    )
    assert [name for name, _nodes in violations(page)] == ["image-alt"]
    assert any("Content Security Policy" in complaint for complaint in complaints)


def test_dark_is_accessible_too(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    for name in ("chapter", "control", "builder"):
        page.goto(PAGES[name].format("en"))
        assert violations(page) == []
    context.close()


def test_read_change_language_and_cite(page: Page) -> None:
    page.goto("/en/")
    page.click("text=Security recommendations to protect against DFS SIM risks")
    page.click("a.ref:has-text('SIM-MNO-03')")
    assert page.url.endswith("/en/r/SIM-MNO-03/")
    statement = page.locator("p.stmt-l").inner_text()
    page.click("nav[aria-label='Language'] >> text=Français")
    assert page.url.endswith("/fr/r/SIM-MNO-03/")
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.locator("p.stmt-l").inner_text() != statement
    cited = page.locator(".cite").inner_text()
    assert "SIM-MNO-03" in cited and "/fr/r/SIM-MNO-03/" in cited
    page.goto(cited.rsplit(", ", 1)[1].strip())
    assert page.locator(".head .ref").inner_text() == "SIM-MNO-03"


def test_a_page_without_translation_says_so_in_the_language_of_the_reader(page: Page) -> None:
    page.goto("/ar/r/APP-INT-01/")
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator("h1").get_attribute("lang") == "en"
    assert page.locator("h1").evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert "الإنكليزية" in page.locator("[role=note]").first.inner_text()
    assert 'hreflang="ar"' not in page.locator("head").inner_html()


def test_everything_works_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/")
    page.fill("#hq", "number recycling")
    page.click("main button:has-text('Search')")
    page.click("ol.hits a >> nth=0")
    assert "/en/" in page.url and "search" not in page.url
    page.click("text=Next ›")
    assert page.locator("h1").is_visible()
    context.close()


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"not found"}))
def test_a_page_keeps_its_weight(site: str, name: str) -> None:
    html = fetch(site + PAGES[name].format("en"))
    assert len(html) <= 40 * KILOBYTE


def test_a_first_view_is_light(page: Page) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: int(response.headers.get("content-length", 0))}))
    page.goto("/en/recommendations/sim-swap/")
    page.wait_for_load_state("networkidle")
    styles = [size for url, size in sizes.items() if url.endswith(".css")]
    assert styles and sum(styles) <= 15 * KILOBYTE
    assert 0 < sum(sizes.values()) <= 120 * KILOBYTE
    assert all(url.startswith(page.url.split("/en/")[0]) for url in sizes)


def fetch(url: str) -> bytes:
    """The bytes on the wire of a reader's browser."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as response:
        body: bytes = response.read()
        assert response.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(body)
        return body
