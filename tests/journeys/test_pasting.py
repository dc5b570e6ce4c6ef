"""A table copied from Word is pasted into running text and becomes a table of the page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

SignIn = Callable[[str], Page]
WORD = """<html><body><p class=MsoNormal>Who does what:</p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Step<o:p></o:p></b></p></td><td><p>Who</p></td></tr>
<tr><td><p>Stop</p></td><td><p>The <i>provider</i></p><p>or the operator</p></td></tr>
<tr><td colspan=2>Tell the customer</td></tr></table><p class=MsoNormal>After.</p></body></html>"""
PASTE = """(field, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "Who does what: Step Who Stop The provider");
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""

# The editor hands its text to the form a moment later.
KEPT = "() => Array.from(document.querySelectorAll('[name^=body]')).some((field) => field.value.includes('│'))"


def test_a_table_from_word_becomes_a_table(sign_in: SignIn) -> None:
    page = sign_in("editor")
    page.goto("/admin/pages/search/?q=Accessibility")
    page.locator("td.title a", has_text="Accessibility").first.click()
    field = page.locator("[data-contentpath=body] .public-DraftEditor-content").first
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    field.evaluate(PASTE, WORD)
    expect(field).to_contain_text("Stop │ The provider or the operator")
    page.wait_for_function(KEPT)
    page.keyboard.press("Control+s")
    expect(page.locator(".messages")).to_contain_text("Saved")
    page.reload()
    table = page.locator("[data-contentpath=columns]").first
    expect(table.locator("input[type=text]")).to_have_count(2)
    expect(page.locator("[data-contentpath=rows]").first).to_contain_text("The provider or the operator")
    expect(page.locator("[data-contentpath=rows]").first).to_contain_text("Tell the customer")
