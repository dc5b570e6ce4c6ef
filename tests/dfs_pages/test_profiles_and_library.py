"""Where a stakeholder starts, and the library of reports and tools."""

import re

import pytest
from django.test import Client

from dfs_pages.models import ControlPage, LibraryEntryPage, ProfilePage
from dfs_workflow.gate import system_publication

pytestmark = pytest.mark.usefixtures("content")


def read(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_profile_has_twenty_controls_of_its_stakeholder_each_with_a_reason():
    assert ProfilePage.objects.filter(locale__language_code="en").count() == 3
    codes = {"third_party": {"third_party", "merchant"}}
    for profile in ProfilePage.objects.filter(locale__language_code="en"):
        references = [block.value["reference"] for block in profile.items]
        assert len(set(references)) == 20 and all(block.value["why"] for block in profile.items)
        for control in ControlPage.objects.filter(reference__in=references, locale__language_code="en"):
            assert codes.get(profile.stakeholder, {profile.stakeholder}) & set(control.stakeholders), control.reference


def test_it_is_read_and_listed_among_the_controls():
    html = read("/en/controls/start-operators/")
    assert html.count("Why first:") == 20 and 'href="/en/r/SAF-052/"' in html
    assert "/en/controls/start-operators/" in read("/en/controls/") and "20 items" in read("/en/controls/")


def test_a_control_that_is_withdrawn_leaves_the_profile():
    with system_publication(reason="test"):
        ControlPage.objects.get(reference="SAF-052", locale__language_code="en").unpublish()
    assert read("/en/controls/start-operators/").count("Why first:") == 19


def test_the_library_is_filtered_by_links_whose_numbers_are_true():
    html = read("/en/library/")
    links = re.findall(r'class="chip" href="(\?[^"]*)"[^>]*>[^<]+<span>\((\d+)\)', html)
    assert len(links) >= 6
    for url, number in links:
        page = read("/en/library/" + url.replace("&amp;", "&"))
        assert len(re.findall(r'<th scope="row"[^>]*><a href="/en/library/[a-z0-9-]+/">', page)) == int(number), url
    assert "Nothing in the library" in read("/en/library/?kind=report&language=zh")
    assert "32 of 32" in read("/en/library/?kind=%00&language=xx")


def test_an_entry_says_what_it_is_for_and_when_somebody_looked():
    html = read("/en/library/mobsf/")
    entry = LibraryEntryPage.objects.get(slug="mobsf", locale__language_code="en")
    for expected in (entry.purpose, "GPL-3.0", entry.url, "24 November 2026", "open-source tool"):
        assert expected in html
