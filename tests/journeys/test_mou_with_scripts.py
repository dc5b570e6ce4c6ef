"""What scripts add to the MOU: the document drawn beside the form, answers that save themselves, chips by keyboard."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect


def go(page: Page, value: str) -> None:
    with page.expect_navigation():
        page.locator(f"form#builder [name=go][value='{value}']:not(.vh)").first.click()


def test_the_document_is_drawn_while_somebody_types_and_answers_save_themselves(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/en/mou-builder/")
    page.select_option("#country", "GH")
    go(page, "country")
    go(page, "telecom_regulator")
    go(page, "save")
    link = page.locator("a.perma").get_attribute("href") or ""
    page.goto(link)
    go(page, "telecom_regulator")

    field = page.locator("[name='a.en.telecom_regulator_city']")
    with page.expect_response(lambda answer: "autosave" in (answer.request.post_data or "")):
        field.fill("Port Example")
        expect(page.locator("#live-sheet")).to_contain_text("Port Example", timeout=20_000)
    expect(page.locator("#saved-said")).to_have_text(re.compile(r"^Saved "))
    expect(field).to_be_focused()

    other = context.new_page()
    other.goto(link)
    go(other, "telecom_regulator")
    assert other.input_value("[name='a.en.telecom_regulator_city']") == "Port Example"
    other.close()

    page.fill("[name='a.en.telecom_regulator_name']", "<b>Board</b> {{7*7}}")
    expect(page.locator("#live-sheet")).to_contain_text("<b>Board</b> {{7*7}}", timeout=20_000)
    context.close()


def test_a_chip_is_found_and_put_in_by_keyboard_alone(sign_in: Callable[[str], Page]) -> None:
    page = sign_in("editor")
    page.goto("/admin/pages/search/?q=Severability")
    page.locator("td.title a[href*='/edit/']").first.click()
    editor = page.locator(".public-DraftEditor-content").first
    chips = editor.locator(".mou-chip")
    before = chips.count()
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" /answer")
    expect(page.locator("[role=option]").filter(has_text="Answer of the drafters")).to_be_visible()
    page.keyboard.press("Enter")
    search = page.locator("#mou-chip-search")
    expect(search).to_be_focused()
    page.keyboard.type("acronym regulator")
    expect(page.locator("#mou-chip-list [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".mou-chip-dialog")).to_have_count(0)
    expect(chips).to_have_count(before + 1)
    page.keyboard.type("after")
    expect(editor).to_contain_text("after")
