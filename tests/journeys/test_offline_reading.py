"""A reader on a line that fails: what was opened is still there, with its date; what was not is said to be missing."""

from playwright.sync_api import Browser, Page, expect

READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
KEPT = "path => caches.open('dfs-pages').then(cache => cache.match(path)).then(Boolean)"


def keep(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_function(READY)
    page.wait_for_function(KEPT, arg=path)


def test_pages_that_were_opened_can_be_read_without_a_connection(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    keep(page, "/fr/r/SIM-MNO-03/")
    statement = page.locator("p.stmt-l").inner_text()
    keep(page, "/ar/about/")
    page.goto("/en/accounts/login/")
    context.set_offline(True)
    page.goto("/fr/r/SIM-MNO-03/")
    assert page.locator("p.stmt-l").inner_text() == statement
    assert "hors ligne" in page.locator("#offline-copy").inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('.call')).borderInlineStartWidth") == "4px"
    page.goto("/ar/accounts/login/")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert {link.get_attribute("href") for link in page.locator("main a").all()} == {"/fr/r/SIM-MNO-03/", "/ar/about/"}
    context.close()


def test_a_link_is_copied_by_a_button(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/en/recommendations/sim-swap/")
    page.click("article#SIM-MNO-03 button")
    expect(page.locator("article#SIM-MNO-03 button")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/en/r/SIM-MNO-03/"
    context.close()
