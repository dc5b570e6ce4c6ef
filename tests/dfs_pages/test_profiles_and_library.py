"""Where a stakeholder starts, and the library of reports and tools."""

import re

import pytest
from django.test import Client

from dfs_pages.models import CataloguePage, ControlPage, LibraryEntryPage, ProfilePage
from dfs_workflow.gate import system_publication

pytestmark = pytest.mark.usefixtures("content")


def read(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200
    return response.content.decode()


# Whose controls may stand in a profile, and how many it has: see the head of profiles.yaml.
PROFILES = {
    "mno": (20, {"mno"}),
    "dfs_provider": (20, {"dfs_provider"}),
    "third_party": (20, {"third_party", "merchant"}),
    "merchant": (20, {"third_party", "merchant"}),
    "app_developer": (20, {"app_developer", "dfs_provider"}),
    "device_manufacturer": (12, {"device_manufacturer", "mobile_user", "app_developer", "dfs_provider"}),
    "mobile_user": (11, {"mobile_user"}),
}


def test_each_stakeholder_of_the_framework_has_a_profile_with_reasons():
    framework = CataloguePage.objects.get(slug="assurance-framework", locale__language_code="en")
    profiles = ProfilePage.objects.filter(locale__language_code="en")
    assert {term.code for term in framework.terms.filter(kind="stakeholder")} == {row.stakeholder for row in profiles}
    for profile in profiles:
        references = [block.value["reference"] for block in profile.items]
        number, codes = PROFILES[profile.stakeholder]
        assert len(set(references)) == len(references) == number and all(block.value["why"] for block in profile.items)
        controls = ControlPage.objects.filter(reference__in=references, locale__language_code="en")
        assert all(codes & set(control.stakeholders) for control in controls)
        first = controls.get(reference=references[0])
        assert profile.stakeholder in first.stakeholders and not any(control.reserved for control in controls)


def test_a_french_reader_reads_a_profile_in_french():
    html = read("/fr/controls/start-developers/")
    assert "Commencer ici\u00a0: développeurs d’applications" in html
    assert "Qui regarde par-dessus l’épaule ne doit voir que des points." in html


def test_it_is_read_and_listed_among_the_controls():
    html = read("/en/controls/start-operators/")
    assert html.count("Why first:") == 20 and 'href="/en/r/SAF-052/"' in html
    assert "/en/controls/start-operators/" in read("/en/controls/") and "20 items" in read("/en/controls/")


def test_a_control_that_is_withdrawn_leaves_the_profile():
    with system_publication(reason="test"):
        ControlPage.objects.get(reference="SAF-052", locale__language_code="en").unpublish()
    assert read("/en/controls/start-operators/").count("Why first:") == 19
    assert "19 items" in read("/en/controls/") and "19 éléments" in read("/fr/controls/")


def test_the_library_is_filtered_by_links_whose_numbers_are_true():
    html = read("/en/library/")
    links = re.findall(r'class="chip" href="(\?[^"]*)"[^>]*>[^<]+<span>\((\d+)\)', html)
    assert len(links) >= 6
    for url, number in links:
        page = read("/en/library/" + url.replace("&amp;", "&"))
        assert len(re.findall(r'<th scope="row"[^>]*><a href="/en/library/[a-z0-9-]+/">', page)) == int(number), url
    assert "Nothing in the library" in read("/en/library/?kind=report&language=zh")
    slip = read("/en/library/?kind=%00&language=xx")
    assert "Nothing in the library" in slip and 'href="?kind=tool"' in slip and "(32)" in slip


def test_an_entry_says_what_it_is_for_and_when_somebody_looked():
    html = read("/en/library/mobsf/")
    entry = LibraryEntryPage.objects.get(slug="mobsf", locale__language_code="en")
    for expected in (entry.purpose, "GPL-3.0", entry.url, "24 November 2026", "open-source tool", "<dd>English"):
        assert expected in html
