"""What editors meet: forms, listings, previews, pasted text."""

import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import strip_tags
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.views.pages.listing import IndexView
from wagtail.models import Page

from dfs_pages import rich_text
from dfs_pages.models import (
    CataloguePage,
    ChapterPage,
    ControlPage,
    HomePage,
    PlainPage,
    RecommendationPage,
    ThreatPage,
)

ENGLISH = {"locale__language_code": "en"}
MEGABYTE = 1_000_000


@pytest.fixture
def editor(admin_client, content):
    return admin_client


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(model, parent):
    return reverse("wagtailadmin_pages:add", args=["dfs_pages", model._meta.model_name, parent.pk])


def heaviest(model):
    pages = list(model.objects.filter(**ENGLISH))
    return max(pages, key=lambda page: len(str(page.serializable_data())))


@pytest.mark.parametrize(
    "model", [HomePage, PlainPage, ChapterPage, RecommendationPage, CataloguePage, ThreatPage, ControlPage]
)
def test_the_heaviest_form_of_each_type_is_quick_and_small(editor, model):
    url = edit_url(heaviest(model))
    editor.get(url)
    start = time.process_time()
    response = editor.get(url)
    assert response.status_code == 200
    assert time.process_time() - start < 2
    assert len(response.content) < MEGABYTE


def test_a_new_recommendation_is_offered_the_next_reference_and_the_audience_of_its_section(editor):
    section = ChapterPage.objects.get(**ENGLISH, reference_prefix="SIM-MNO")
    page = editor.get(add_url(RecommendationPage, section)).content.decode()
    assert 'value="SIM-MNO-15"' in page
    assert re.search(r'value="mno"[^>]*checked', page)
    assert not re.search(r'value="regulator"[^>]*checked', page)


def test_a_new_control_and_a_new_threat_continue_the_numbers_of_the_catalogue(editor):
    threat = ThreatPage.objects.get(**ENGLISH, reference="SAF-T10")
    form = editor.get(add_url(ControlPage, threat)).content.decode()
    assert 'value="SAF-120"' in form
    assert "Mobile network operator (MNO, MVNO)" in form
    catalogue = CataloguePage.objects.get(**ENGLISH, slug="assurance-framework")
    assert 'value="SAF-T18"' in editor.get(add_url(ThreatPage, catalogue)).content.decode()


def test_a_published_reference_stays_whatever_is_posted(editor):
    page = RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03")
    form = editor.get(edit_url(page)).content.decode()
    assert re.search(r'name="reference"[^>]*disabled', form)


def test_a_control_is_assigned_to_a_risk_by_its_words(editor):
    form = editor.get(edit_url(ControlPage.objects.get(**ENGLISH, reference="SAF-053"))).content.decode()
    assert re.search(r"<option[^>]*selected[^>]*>\s*SIM takeover", form)


def recommendation_data(page, **changes):
    data = {
        "title": page.title,
        "slug": page.slug,
        "statement": page.statement,
        "audiences": page.audiences,
        "related": ", ".join(page.related),
        "source_url": page.source_url,
        "source_item": page.source_item,
        "itu_number": page.itu_number,
        "itu_number_basis": page.itu_number_basis,
        "missing": page.missing,
        "seo_title": "",
        "search_description": "",
        **{f"{name}-count": "0" for name in ("detail", "threats", "references")},
        **{f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")},
    }
    return {**data, **changes}


def test_a_draft_is_saved_with_its_codes(editor):
    page = RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03")
    data = recommendation_data(page, statement="New words.", audiences=["mno", "regulator"], related="SAF-052,SAF-054 ")
    response = editor.post(edit_url(page), {**data, "reference": "SIM-MNO-99"})
    assert response.status_code == 302, response.context["form"].errors
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert draft.statement == "New words."
    assert draft.related == ["SAF-052", "SAF-054"]
    assert sorted(draft.audiences) == ["mno", "regulator"]
    assert draft.reference == "SIM-MNO-03"
    assert page.statement.startswith("Carry out biometric")


def test_a_wrong_code_is_said_beside_its_field(editor):
    page = RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03")
    response = editor.post(edit_url(page), recommendation_data(page, related="SAF 052"))
    assert "related" in response.context["form"].errors


def test_a_draft_is_previewed_inside_its_whole_chapter(editor):
    page = RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = recommendation_data(page, statement="Words only in the draft.")
    assert editor.post(url, data).json()["is_valid"]
    alone = editor.get(f"{url}?mode=").content.decode()
    chapter = editor.get(f"{url}?mode=chapter").content.decode()
    assert "Words only in the draft." in alone
    assert "SIM-REG-01" not in alone
    assert "Words only in the draft." in chapter
    assert "SIM-REG-01" in chapter
    assert "SIM-CON-01" in chapter
    assert "Carry out biometric verification before any" not in chapter


def test_the_menu_leads_to_the_texts_in_the_language_they_are_written_in(editor):
    assert "/admin/chapters/?locale=en" in editor.get("/admin/").content.decode()


def test_listings_show_reference_state_and_the_open_review(editor):
    listing = editor.get("/admin/recommendations/?ordering=reference").content.decode()
    assert "APP-AUT-01" in listing
    assert "Waiting for" in listing
    assert "C101" in editor.get("/admin/controls/?ordering=itu_number").content.decode()


@pytest.mark.parametrize("name", ["recommendations", "controls", "threats", "chapters"])
def test_the_number_of_queries_of_a_listing_does_not_grow_with_its_rows(editor, monkeypatch, name):
    counts = []
    for rows in (1, 20):
        monkeypatch.setattr(IndexView, "paginate_by", rows)
        editor.get(f"/admin/{name}/?ordering=title")
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(f"/admin/{name}/?ordering=title").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_recommendations_can_be_dragged_into_another_order(editor):
    section = ChapterPage.objects.get(**ENGLISH, reference_prefix="SIM-MNO")
    third = RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03")
    assert "ordering=ord" in editor.get(reverse("wagtailadmin_explore", args=[section.pk])).content.decode()
    response = editor.post(reverse("wagtailadmin_pages:set_page_position", args=[third.pk]) + "?position=0")
    assert response.status_code == 200
    first = RecommendationPage.objects.child_of(Page.objects.get(pk=section.pk)).order_by("path").first()
    assert first.reference == "SIM-MNO-03"


def test_the_types_of_page_fit_into_each_other():
    assert ChapterPage.allowed_subpage_models() == [ChapterPage, RecommendationPage]
    assert ThreatPage.allowed_subpage_models() == [ControlPage]
    assert RecommendationPage.allowed_subpage_models() == ControlPage.allowed_subpage_models() == []
    assert Page not in ChapterPage.allowed_parent_page_models()


def test_every_field_has_a_name_of_its_own_for_editors():
    for model in (HomePage, PlainPage, ChapterPage, RecommendationPage, CataloguePage, ThreatPage, ControlPage):
        for field in model._meta.local_fields:
            assert field.remote_field or isinstance(field._verbose_name, Promise), field


WORD = """
<p class=MsoNormal style='margin-bottom:6.0pt'><b><span lang=EN-GB style='font-size:12.0pt'>Before</span></b>
<span style='mso-bidi-font-family:Arial'> a swap<o:p></o:p></span></p>
<ul style='margin-top:0cm' type=disc><li class=MsoListParagraph><span>check the <i>identity</i></span></li>
<li><a href="https://www.itu.int/" style='color:blue'>ITU</a></li></ul>
<h1>Not here</h1><table><tr><td>cell</td></tr></table><script>alert(1)</script><img src=x onerror=alert(1)>
"""


@pytest.mark.parametrize("features", [rich_text.TEXT, rich_text.INLINE])
def test_text_from_word_keeps_its_structure_and_loses_its_junk(features):
    converter = ContentstateConverter(features)
    html = converter.to_database_format(converter.from_database_format(WORD))
    assert "<b>Before</b>" in html
    assert "<i>identity</i>" in html
    assert '<a href="https://www.itu.int/">ITU</a>' in html
    assert ("<li" in html) is ("ul" in features)
    for junk in ("Mso", "style", "span", "o:p", "<h1", "<table", "<script", "<img", "onerror"):
        assert junk not in html


PASTED = """
<p>Before all.</p><h1>How <b>fraud</b> begins &amp; ends</h1><p>On the network.</p><ul><li>one</li><li>two</li></ul>
<h2>On the network</h2><h3></h3><p>Signals.</p><h1>%s</h1>
"""


def test_headings_from_word_become_headings_of_the_page(editor):
    page = PlainPage.objects.get(**ENGLISH, slug="about")
    pasted = PASTED % ("Too long for a heading. " * 10)
    text = ContentstateConverter(rich_text.WITH_HEADINGS).from_database_format(pasted)
    data = {
        "title": page.title,
        "slug": page.slug,
        "seo_title": "",
        "search_description": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "paragraph",
        "body-0-id": "3e5a8f7c-0000-4000-8000-000000000001",
        "body-0-value": text,
        **{f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")},
    }
    response = editor.post(edit_url(page), data)
    assert response.status_code == 302, response.context["form"].errors
    page.refresh_from_db()
    body = page.get_latest_revision_as_object().body
    assert [(block.block_type, strip_tags(str(block.value)).strip()) for block in body] == [
        ("paragraph", "Before all."),
        ("heading", "How fraud begins & ends"),
        ("paragraph", "On the network.onetwo"),
        ("subheading", "On the network"),
        ("paragraph", "Signals." + ("Too long for a heading. " * 10).strip()),
    ]
    assert body[0].id == "3e5a8f7c-0000-4000-8000-000000000001"
    assert len({block.id for block in body}) == len(body)


def test_a_heading_put_above_a_text_leaves_the_text_its_id():
    narrative = PlainPage._meta.get_field("body").stream_block
    raw = {"type": "paragraph", "value": "<h2>Above</h2><p>Text that is translated.</p><h2>Below</h2><p>More.</p>"}
    body = narrative.clean(narrative.to_python([{**raw, "id": "3e5a8f7c-0000-4000-8000-000000000001"}]))
    assert [block.block_type for block in body] == ["heading", "paragraph", "heading", "paragraph"]
    assert [block.id == "3e5a8f7c-0000-4000-8000-000000000001" for block in body] == [False, True, False, False]


TABLE = """
<p>Before.</p><p><b>Step</b> │ Who</p><p>Stop &amp; call │ <a href="https://www.itu.int/">Provider</a></p>
<p>Ask │ </p><p>One │ two │ three</p>
"""


def test_a_table_from_word_becomes_a_table_of_the_page():
    narrative = PlainPage._meta.get_field("body").stream_block
    body = narrative.clean(narrative.to_python([{"type": "paragraph", "value": TABLE}]))
    assert [block.block_type for block in body] == ["paragraph", "table", "paragraph"]
    table = body[1].value
    assert (table["caption"], list(table["columns"])) == ("Step, Who", ["Step", "Who"])
    assert [[cell.source for cell in row["cells"]] for row in table["rows"]] == [
        ["<p>Stop &amp; call</p>", '<p><a href="https://www.itu.int/">Provider</a></p>'],
        ["<p>Ask</p>", "<p></p>"],
    ]
    assert "One │ two │ three" in body[2].value.source
    again = narrative.clean(narrative.to_python(body.get_prep_value()))
    assert again.get_prep_value() == body.get_prep_value()
