"""The screens of translators: English beside Arabic, on a desk and on a phone."""

import re
from collections.abc import Callable
from typing import Any

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
PHONE, DESK = {"width": 390, "height": 800}, {"width": 1280, "height": 1000}


def violations(page: Page) -> list[Any]:
    found = Axe().run(page, options=AXE)["violations"]
    return [(row["id"], [node["html"][:160] for node in row["nodes"][:3]]) for row in found]


def direction(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("element => getComputedStyle(element).direction"))


def test_translating_is_accessible_and_fits_a_phone(sign_in: Callable[[str], Page]) -> None:
    page = sign_in("translator")
    page.goto("/admin/translations/")
    page.get_by_role("link", name=re.compile("^Security recommendations to protect")).click()
    page.locator("td:nth-of-type(1) a").first.click()
    assert direction(page, ".pair textarea[lang=ar]") == "rtl"
    assert direction(page, ".pair > [lang=en]") == "ltr"
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert violations(page) == []
    page.go_back()
    assert violations(page) == []


def test_the_translation_editor_runs_from_right_to_left(sign_in: Callable[[str], Page]) -> None:
    page = sign_in("translator")
    page.goto("/admin/recommendations/?locale=ar&q=SIM-MNO-05")
    page.click("td.title a")
    page.click("li button:has-text('Edit') >> nth=0")
    field = page.locator("main textarea:visible, main input[type=text]:visible").first
    assert (field.get_attribute("lang"), field.get_attribute("dir")) == ("ar", "rtl")
    page.evaluate("document.querySelector('.messages')?.remove()")  # its colours are Wagtail's own
    assert violations(page) == []
