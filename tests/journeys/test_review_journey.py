"""Two people change what readers see: drafts, review, publication at once in every process, translation."""

import json
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, LocatorAssertions, Page, expect

CHAPTER = "/en/recommendations/sim-swap/"
STATEMENT = "/en/r/SIM-MNO-03/"
APP_CHAPTER, APP_TITLE = "/en/recommendations/mobile-app/", "Mobile application security best practices"
NEW = "Carry out a live biometric verification before any SIM swap or SIM replacement."
TITLE = "SIM-MNO-03 Verify biometrics before a swap"
MAILED = "Elena Editor submitted “Verify biometrics before a swap” (recommendation) for review."
MOST_CLICKS = 25
SignIn = Callable[[str], Page]


def open_statement(page: Page, reference: str, language: str = "en") -> None:
    page.goto(f"/admin/recommendations/?locale={language}&q={reference}")
    page.click("td.title a")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))


def more_actions(page: Page) -> None:
    page.click("footer button:has-text('More actions')")


def open_choices(page: Page, title: str) -> None:
    """What can be done with a row of the dashboard."""
    row = page.locator("tr", has_text=title)
    row.locator("[data-controller~='w-dropdown'] > button").last.click()


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve", exact=True).click()
    page.wait_for_load_state("networkidle")


def said(page: Page) -> LocatorAssertions:
    return expect(page.locator(".messages"))


def text_of(address: str) -> str:
    with urllib.request.urlopen(address) as response:
        return response.read().decode()


def read_api(site: str, query: str) -> str:
    """The statement of the first recommendation that the API finds."""
    return str(json.loads(text_of(f"{site}/api/v1/recommendations?{query}"))["items"][0]["statement"])


def post_by_hand(page: Page, path: str) -> None:
    """As somebody would who writes the request themselves: with their session, without a button."""
    token = page.locator("form [name=csrfmiddlewaretoken]").first.input_value()
    page.request.post(path, form={"csrfmiddlewaretoken": token}, headers={"Referer": page.url}, max_redirects=0)
    page.reload()


def count_clicks(context: BrowserContext) -> list[str]:
    """Every press of the pointer and every Enter in the pages of one person."""
    presses: list[str] = []
    context.expose_function("countPress", lambda target: presses.append(target))
    context.add_init_script(
        "addEventListener('pointerdown', event => countPress(event.target.outerHTML.slice(0, 80)), true);"
        "addEventListener('keydown', event => event.key === 'Enter' && countPress('Enter'), true);"
    )
    return presses


def test_a_draft_is_reviewed_by_a_second_person_and_seen_everywhere_at_once(
    sign_in: SignIn, start_server: Callable[[], str], site: str, demo_folder: Path, background_work: Callable[[], None]
) -> None:
    addresses = [server + path for server in (site, start_server()) for path in (STATEMENT, CHAPTER)]
    before = read_api(site, "reference=SIM-MNO-03")
    editor = sign_in("editor")
    open_statement(editor, "SIM-MNO-03")
    editor.fill("[name=statement]", NEW)
    editor.click("footer button:has-text('Save draft')")
    said(editor).to_contain_text("Saved. What next?")
    more_actions(editor)
    editor.click("[name=action-submit]")
    said(editor).to_contain_text("submitted for moderation")
    assert all(before in text_of(address) and NEW not in text_of(address) for address in addresses)
    background_work()
    mails = [mail.read_text() for mail in (demo_folder / "mail").iterdir()]
    assert any("To: reviewer@demo.invalid" in mail and MAILED in mail for mail in mails)

    reviewer = sign_in("reviewer")
    open_choices(reviewer, TITLE)
    reviewer.click("a:has-text('Compare with live version')")
    expect(reviewer.locator(".comparison .addition")).to_have_text(["a live"])
    reviewer.goto("/admin/")
    path = reviewer.locator("tr", has_text=TITLE).locator("[data-workflow-action-url*='/approve/']").first
    by_hand = path.get_attribute("data-workflow-action-url") or ""
    reviewer.click(f"main a:has-text('{TITLE}')")
    open_statement(editor, "SIM-MNO-03")
    assert "Approve" not in editor.locator("footer").inner_text()
    post_by_hand(editor, by_hand)
    said(editor).to_contain_text("You wrote part of this version; somebody else has to decide.")
    assert all(NEW not in text_of(address) for address in addresses)

    more_actions(reviewer)
    approve(reviewer)
    said(reviewer).to_contain_text("has been updated")
    assert [NEW in text_of(address) for address in addresses] == [True] * 4
    assert read_api(site, "reference=SIM-MNO-03") == NEW


def test_a_word_in_ten_statements_of_a_chapter_goes_live_in_few_clicks(sign_in: SignIn, site: str) -> None:
    editor, reviewer = sign_in("editor"), sign_in("reviewer")
    presses = [count_clicks(person.context) for person in (editor, reviewer)]
    editor.goto("/admin/")
    editor.click("button:has-text('Statements'), a:has-text('Statements')")
    editor.click("a:has-text('Chapters and sections')")
    editor.click(f"td.title a:text-is('{APP_TITLE}')")
    editor.click("header button:has(svg.icon-dots-horizontal)")
    editor.click("a:has-text('Edit all its statements')")
    editor.wait_for_url("**/dfs-pages/statements/*/")
    for field in editor.locator("textarea").all()[3:13]:
        field.click()
        editor.keyboard.press("Control+Home")
        editor.keyboard.type("Always: ")
    editor.click("button:has-text('Save and go on to submit')")
    said(editor).to_contain_text("10 drafts were saved")
    assert editor.locator("main li a[href*='/edit/']").count() == 10
    editor.click("main button:has-text('Submit for review')")
    said(editor).to_contain_text("was submitted for review")
    assert "Always: " not in text_of(site + APP_CHAPTER)

    reviewer.goto("/admin/")
    reviewer.click(f"main a:has-text('{APP_TITLE}')")
    expect(reviewer.locator(".comparison .addition")).to_have_text(["Always:"] * 10)
    reviewer.click("button:has-text('Approve')")
    said(reviewer).to_contain_text("was approved and carried out")
    assert text_of(site + APP_CHAPTER).count("Always: ") == 10
    clicks = [len(pressed) for pressed in presses]
    assert clicks[0] > 10 and clicks[1] >= 2
    assert sum(clicks) <= MOST_CLICKS, presses


def test_a_translation_is_edited_submitted_and_reviewed(sign_in: SignIn, site: str) -> None:
    address = f"{site}/ar/r/SIM-MNO-05/"
    notice = "مسودة ترجمة"
    new = "ترجمة راجعها شخص ثان."
    assert notice in text_of(address)
    translator = sign_in("translator")
    open_statement(translator, "SIM-MNO-05", "ar")
    segment = translator.locator("li", has=translator.locator("button:has-text('Edit')")).nth(1)
    segment.locator("button:has-text('Edit')").click()
    translator.locator("textarea:visible").fill(new)
    translator.click("button:has-text('Save')")
    translator.click("a:has-text('Submit for review')")
    translator.click("main button:has-text('Submit for review')")
    said(translator).to_contain_text("was submitted for review")
    assert notice in text_of(address) and new not in text_of(address)

    reviewer = sign_in("reviewer")
    reviewer.click("main a:has-text('SIM-MNO-05')")
    said(reviewer).to_contain_text("waits for your review")
    reviewer.click("a:has-text('Decide on the start page')")
    open_choices(reviewer, "SIM-MNO-05")
    approve(reviewer)
    expect(reviewer.locator("tr", has_text="SIM-MNO-05")).to_have_count(0)
    assert new in text_of(address) and notice not in text_of(address)
