"""A catalogue as a matrix: every number is a link to just as many controls."""

import re
from html import unescape

import pytest
from django.test import Client

from dfs_pages.models import ControlPage

PAGE = "/en/controls/assurance-framework/"
pytestmark = pytest.mark.usefixtures("content")


def read(url: str) -> str:
    return Client().get(url).content.decode()


def cells(html: str) -> list[tuple[str, int]]:
    """Address and number of every link of the matrix and of the filters above it."""
    table = re.search(r'<table class="matrix">.*?</table>', html, re.DOTALL)[0]
    numbers = [(unescape(url), int(n)) for url, n in re.findall(r'href="(\?[^"]+)"[^>]*>(\d+)</a>', table)]
    return numbers + [(unescape(u), int(n)) for u, n in re.findall(r'href="(\?[^"]+)"[^>]*>[^<]+<span>\((\d+)\)', html)]


def listed(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a class="ref nowrap" href="/\w\w/r/([A-Z0-9-]+)/">', html)


def controls(**wanted: str) -> set[str]:
    rows = ControlPage.objects.filter(locale__language_code="en", live=True, reference__startswith="SAF-")
    for name, code in wanted.items():
        rows = rows.filter(**{f"{name}__has_code": code})
    return set(rows.values_list("reference", flat=True))


def test_every_number_is_that_of_the_list_behind_it():
    found = cells(read(PAGE))
    assert len(found) > 70
    for url, number in found[::7]:
        assert len(listed(read(PAGE + url))) == number, url


def test_counts_are_those_of_the_database():
    html = read(PAGE)
    numbers = dict(cells(html))
    assert numbers["?show=all#list"] == len(controls()) == 119
    assert numbers["?stakeholder=mno#list"] == len(controls(stakeholders="mno"))
    assert numbers["?dimension=privacy#list"] == len(controls(dimensions="privacy"))
    assert set(listed(read(f"{PAGE}?stakeholder=mno&dimension=privacy"))) == controls(
        stakeholders="mno", dimensions="privacy"
    )


def test_the_same_address_shows_the_same_to_everybody(admin_client):
    url = f"{PAGE}?threat=SAF-T10&stakeholder=mno"
    assert listed(read(url)) == listed(admin_client.get(url).content.decode()) == [
        "SAF-052", "SAF-053", "SAF-055", "SAF-056",
    ]  # fmt: skip
    assert listed(read(url.replace("/en/", "/ar/"))) == listed(read(url))


def test_an_empty_combination_says_so():
    html = read(f"{PAGE}?threat=SAF-T15&stakeholder=merchant")
    assert "No control of this catalogue is for this combination" in html
    assert ": 0 controls" in html


@pytest.mark.parametrize(
    "query",
    [
        "?threat=%00",
        "?stakeholder=%3Cscript%3E",
        "?dimension=x" + "y" * 500,
        "?only=everything",
        "?threat=SAF-T10&stakeholder=nobody",
    ],
)
def test_what_the_catalogue_does_not_know_is_said_and_lists_nothing(query: str):
    response = Client().get(PAGE + query)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<script>" not in html and "\0" not in html
    assert "which this catalogue does not have. Choose above what to list." in html and listed(html) == []
    assert f'href="{PAGE.rstrip("/")}.csv' not in html
    assert dict(cells(html))["?show=all#list"] == 119


def test_a_page_of_the_list_that_is_not_there_is_its_last():
    assert dict(cells(read(f"{PAGE}?page=99999")))["?show=all#list"] == 119


def test_the_chosen_flag_alone_is_taken_back_by_its_own_link():
    html = read(f"{PAGE}?only=audited&dimension=privacy")
    assert html.count('<span aria-hidden="true">×</span>') == 1
    flag = re.search(r'<a class="chip" href="([^"]*)" aria-current="true">With an audit question', html)[1]
    assert flag == "?dimension=privacy#list"


def test_every_threat_and_dimension_is_two_clicks_from_the_home_page():
    assert PAGE in read("/en/")
    html = read(PAGE)
    assert len(set(re.findall(r'href="/en/r/(SAF-T\d\d)/"', html))) == 17
    assert len(set(re.findall(r'href="\?dimension=(\w+)#list"', html))) == 8


def test_a_catalogue_without_stakeholders_lists_its_groups():
    html = read("/en/controls/consumer-competence/")
    assert "matrix" not in html and "/en/r/CCF-" in html


def test_a_catalogue_without_risks_shows_none_and_names_whom_it_addresses(client, content):
    html = client.get("/en/controls/consumer-competence/").content.decode()
    assert '<th scope="col" class="num">Items</th>' in html
    assert '<th scope="col" class="num">Risks</th>' not in html
    competence = client.get("/en/r/CCF-15/").content.decode()
    assert '<span class="chip">DFS providers</span>' in competence
    assert "dfs provider<" not in competence
    arabic = client.get("/ar/r/SIM-MNO-03/").content.decode()
    assert "»، صيغة" in arabic and "“" not in arabic.split('class="cite"')[1].split("</p>")[0]
