"""Terms of the glossary where they are used: explained once a page, never deleted while in use."""

import re

import pytest
from django.db import transaction
from django.test import Client, RequestFactory
from wagtail.models import Page

from dfs_pages.models import ControlMapping, ControlPage, GlossaryTerm, PlainPage
from dfs_pages.query import Reader
from dfs_pages.query.mentions import mark_mentions
from dfs_workflow.gate import permit, system_publication
from dfs_workflow.importers.tree import create_pages
from dfs_workflow.models import PublicationRefused
from dfs_workflow.sorting import sort_key

pytestmark = pytest.mark.usefixtures("content")


def marked(html: str, language: str = "en") -> str:
    return mark_mentions(html, Reader(language, RequestFactory().get("/")), language)


def test_the_first_mention_is_marked_and_the_others_are_not():
    html = marked("<p>SS7 and SS7.</p><p>ss7</p>")
    assert html.count("<abbr") == 1
    assert re.search(r'<a class="gl" href="/\w\w/glossary/#ss7"><abbr title="[^"]+">SS7</abbr></a> and SS7', html)


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href='/x'>SS7</a></p>", "<h2>SS7</h2>", '<p class="stmt">SS7</p>', "<p><code>SS7</code></p>",
        '<p lang="fr">SS7</p>', "<nav><ul><li>SS7</li></ul></nav>", "<div>SS7</div>", "<p>XSS7 SS7x a-SS7</p>",
        '<p><img alt="SS7"></p>',
    ],
)  # fmt: skip
def test_headings_links_code_and_statements_stay_as_they_are(html: str):
    assert marked(html) == html


def test_it_is_explained_in_the_language_of_the_text():
    french = GlossaryTerm.objects.get(key="ss7", locale__language_code="fr")
    assert f'title="{french.term}"' in marked("<p>SS7</p>", "fr").replace("&#x27;", "'").replace("&amp;", "&")


def test_an_acronym_stands_between_characters_but_not_inside_a_latin_word():
    html = marked("<p>用limit限制IT系统</p>", "zh-hans")
    assert "用limit限制<a" in html and ">IT</abbr></a>系统" in html


def test_the_glossary_is_in_the_alphabetical_order_of_its_language():
    html = Client().get("/fr/glossary/").content.decode()
    places = [html.index(f">{term}") for term in ("Biométrie", "Échange de SIM", "Opérateur de réseau mobile")]
    assert places == sorted(places)
    by_sound = ["DFS提供商", "安全事件", "了解你的客户", "信令"]
    assert sorted(["信令", *by_sound[:3]], key=lambda term: sort_key(term, "zh-hans")) == by_sound


def test_a_page_explains_its_terms_without_asking_more():
    home = Page.objects.get(depth=2, locale__language_code="en")
    body = [{"type": "paragraph", "value": "<p>Fraud by SS7, USSD and a SIM swap.</p>"}]
    with system_publication(reason="test"):
        create_pages(home, [(PlainPage(title="Terms", slug="terms", body=body), [])])
    html = Client().get("/en/terms/").content.decode()
    assert '#ss7"><abbr' in html and '#ussd"><abbr' in html and "<dfn" in html


def test_editors_see_what_is_used_and_not_defined(admin_client):
    html = admin_client.get("/admin/dfs-pages/undefined-terms/").content.decode()
    assert len(re.findall(r"<td>[A-Z0-9/-]+</td><td>\d+</td>", html)) > 3
    assert "<td>SS7</td>" not in html and "<td>SIM-MNO-03</td>" not in html
    assert Client().get("/admin/dfs-pages/undefined-terms/").status_code == 302


def test_what_is_in_use_is_not_deleted():
    term = GlossaryTerm.objects.get(key="e-money", locale__language_code="en")
    control = ControlPage.objects.get(reference="SAF-053", locale__language_code="en")
    about = Page.objects.get(slug="contribute", locale__language_code="en").specific
    for instance in (term, control, about):
        refused = pytest.raises(PublicationRefused, match="it is used by")
        with refused, transaction.atomic(), permit("delete", reason="test", by=None):
            instance.delete()
    assert ControlMapping.objects.filter(source="SAF-053").exists()


def test_what_nothing_uses_can_be_deleted():
    term = GlossaryTerm.objects.get(key="ss7", locale__language_code="en")
    for other in GlossaryTerm.objects.filter(see_also__has_code="ss7"):
        GlossaryTerm.objects.filter(pk=other.pk).update(see_also=[])
    with permit("delete", reason="test", by=None):
        term.delete()
    assert not GlossaryTerm.objects.filter(pk=term.pk).exists()


def test_a_page_goes_with_what_is_below_it_and_names_it():
    home = Page.objects.get(depth=2, locale__language_code="en")
    with system_publication(reason="test"):
        (top, below) = create_pages(
            home, [(PlainPage(title="Top", slug="top"), [(PlainPage(title="Below", slug="below"), [])])]
        )
        below.body = [{"type": "page_link", "value": {"page": top.pk, "title": ""}}]
        below.save_revision().publish()
    with permit("delete", reason="test", by=None):
        Page.objects.get(pk=top.pk).specific.delete()
    assert not Page.objects.filter(slug="below").exists()
