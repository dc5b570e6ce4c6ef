"""Somebody drafts an MOU: few answers, no scripts, every format, saved and taken up again; on a phone, in Arabic."""

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import page as page_validation
import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.journeys.complaints import watch
from tests.journeys.test_reading import violations

REGULATOR, BANK = "National Communications Authority", "Bank of Ghana"
MOST_ANSWERS = 12
STEPS = ("agreement", "telecom_regulator", "central_bank", "security", "clauses", "preview")


class Drafter:
    """Counts what is answered; pressing a button that only leads on answers nothing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers = 0

    def open(self, language: str = "en") -> None:
        self.page.goto(f"/{language}/mou-builder/")

    def choose_country(self, code: str) -> None:
        self.page.select_option("#country", code)
        self.answers += 1
        self.press("country")

    def fill(self, name: str, text: str) -> None:
        self.page.fill(f"[name='{name}']", text)
        self.answers += 1

    def button(self, value: str) -> Locator:
        """As people see it; the first button of the form is only there for the Enter key."""
        return self.page.locator(f"form#builder [name=go][value='{value}']:not(.vh)").first

    def press(self, value: str) -> None:
        with self.page.expect_navigation():
            self.button(value).click()

    def take(self, value: str) -> Download:
        with self.page.expect_download() as waiting:
            self.button(value).click()
        return waiting.value


def drafter_on(browser: Browser, site: str, width: int) -> Iterator[Drafter]:
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 844}, java_script_enabled=False, accept_downloads=True
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield Drafter(page)
    context.close()


@pytest.fixture
def drafter(browser: Browser, site: str) -> Iterator[Drafter]:
    yield from drafter_on(browser, site, 1280)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Drafter]:
    yield from drafter_on(browser, site, 390)


def width_of(page: Page) -> int:
    """Of what one would have to scroll to; it works without scripts of the page's own."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_a_first_complete_mou_comes_from_few_answers_in_every_format(drafter: Drafter, tmp_path: Path) -> None:
    drafter.open()
    drafter.choose_country("GH")
    drafter.press("preview")
    assert drafter.answers <= MOST_ANSWERS
    sheet = drafter.page.locator(".sheet").inner_text()
    assert REGULATOR in sheet and BANK in sheet
    assert not re.search(r"\{\{|\[\[|TBD|the the |\(\)", sheet)

    lines = [entry.bounding_box() for entry in drafter.page.locator(".mou-contents li").all()]
    assert len(lines) > 40 and all(line and line["width"] > 300 and line["height"] < 40 for line in lines)

    word = tmp_path / "mou.docx"
    drafter.take("download.docx.en").save_as(word)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(word)).paragraphs)
    assert REGULATOR in text and BANK in text

    web = tmp_path / "mou.html"
    drafter.take("download.html.en").save_as(web)
    assert REGULATOR in web.read_text() and BANK in web.read_text()

    pdf = tmp_path / "mou.pdf"
    drafter.take("download.pdf.en").save_as(pdf)
    assert pdf.read_bytes().startswith(b"%PDF")
    for profile in ("3a", "ua1"):
        report = page_validation.validate_pdf_bytes(pdf.read_bytes(), profile=profile)
        assert report.is_compliant, report


def test_answers_are_saved_taken_up_again_by_the_link_and_deleted(drafter: Drafter) -> None:
    page = drafter.page
    drafter.open()
    drafter.choose_country("GH")
    drafter.press("security")
    drafter.fill("a..sim_swap_hold_hours", "48")
    drafter.press("save")
    link = page.locator("a.perma").get_attribute("href") or ""
    assert "/mou-builder/resume/" in link

    drafter.open()
    assert page.locator("a.perma").count() == 0
    answer = page.goto(link)
    assert answer is not None and answer.headers["cache-control"] == "no-store, private"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    drafter.press("security")
    assert page.input_value("[name='a..sim_swap_hold_hours']") == "48"
    drafter.press("preview")
    assert REGULATOR in page.locator(".sheet").inner_text()

    page.goto(link)
    page.click("button:has-text('Delete these answers for good')")
    expect(page.locator("h1")).to_have_text("Your answers are deleted")
    gone = page.goto(link)
    assert gone is not None and gone.status == 404
    assert page.locator("h1").inner_text() == "No saved answers"


def test_a_wrong_answer_is_named_beside_its_field_and_nothing_is_lost(drafter: Drafter) -> None:
    page = drafter.page
    drafter.open()
    drafter.choose_country("GH")
    drafter.press("security")
    drafter.fill("a..sim_swap_hold_hours", "9999")
    drafter.fill("a..porting_hold_days", "9")
    drafter.press("preview")
    wrong = page.locator("[name='a..sim_swap_hold_hours']")
    assert wrong.get_attribute("aria-invalid") == "true"
    assert wrong.input_value() == "9999"
    assert page.input_value("[name='a..porting_hold_days']") == "9"
    beside = page.locator(".field", has=wrong).locator(".error")
    assert "The most is 168." in beside.inner_text()
    page.click("[role=alert] a")
    assert page.url.endswith("#q-sim_swap_hold_hours")
    wrong.fill("48")
    drafter.press("preview")
    sheet = page.locator(".sheet").inner_text()
    assert REGULATOR in sheet and "48 hours" in sheet


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_builder_is_used_on_a_phone(phone: Drafter, language: str) -> None:
    page = phone.page
    phone.open(language)
    phone.choose_country("GH")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    for step in STEPS:
        phone.press(step)
        assert width_of(page) <= 390, step
    assert REGULATOR in page.locator(".sheet").inner_text()
    assert phone.take(f"download.docx.{language}").suggested_filename == f"mou-{language}.docx"
    phone.press("save")
    assert width_of(page) <= 390
    phone.press("security")
    phone.fill("a..sim_swap_hold_hours", "9999")
    phone.press("next")
    assert page.locator(".field .error").count() == 1
    assert width_of(page) <= 390


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_step_is_accessible_and_quiet(page: Page, language: str) -> None:
    complaints = watch(page)
    drafter = Drafter(page)
    drafter.open(language)
    drafter.choose_country("GH")
    for step in STEPS:
        drafter.press(step)
        assert violations(page) == [], step
    assert complaints == []
