"""The blocks of running text, as readers get them and as editors choose them."""

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from dfs_pages.blocks import Narrative
from dfs_pages.models import PlainPage
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.tree import create_pages


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def image(media, db):
    data = BytesIO()
    PillowImage.new("RGB", (1500, 700), "navy").save(data, "PNG")
    return get_image_model().objects.create(title="A diagram", file=ImageFile(BytesIO(data.getvalue()), name="d.png"))


@pytest.fixture
def document(media, db):
    return get_document_model().objects.create(title="Form", file=ContentFile(b"%PDF-1.4", name="form.pdf"))


def show(body, language="en"):
    """Publishes a page with this body and reads it."""
    home = Page.objects.get(depth=2, locale__language_code="en")
    with system_publication(reason="test"):
        create_pages(home, [(PlainPage(title="Blocks", slug="blocks", body=body), [])])
    return Client().get(f"/{language}/blocks/").content.decode()


def body(image, document):
    about = Page.objects.get(slug="about", locale__language_code="en").pk
    text = [{"type": "paragraph", "value": "<p>Inside</p>"}]
    return [
        {"type": "heading", "value": "Heading"},
        {"type": "subheading", "value": "Below it"},
        {"type": "paragraph", "value": "<p>Counted twice.[^1] And never.[^9]</p>"},
        {"type": "hint", "value": {"kind": "danger", "title": "", "text": "<p>Take care</p>"}},
        {
            "type": "steps",
            "value": [
                {"title": "Stop", "content": [{"type": "paragraph", "value": "<p>At once</p>"}]},
                {"title": "Call", "content": []},
            ],
        },
        {"type": "expandable", "value": {"title": "Why?", "content": text}},
        {"type": "tabs", "value": [{"title": "One", "content": text}, {"title": "Two", "content": text}]},
        {"type": "code", "value": {"title": "Ask", "language": "sh", "code": "a < b && c"}},
        {"type": "figure", "value": {"image": image.pk, "alt_text": 'A "plan"', "caption": "The plan"}},
        {"type": "file", "value": {"file": document.pk, "title": "The form (PDF)"}},
        {"type": "cards", "value": [{"title": "Go", "text": "there", "page": about, "url": ""}]},
        {"type": "page_link", "value": {"page": about, "title": ""}},
        {"type": "recommendation", "value": "SIM-MNO-03"},
        {"type": "control", "value": "SAF-053"},
        {"type": "control", "value": "SAF-999"},
        {"type": "footnote", "value": {"mark": "1", "text": "<p>By two people.</p>"}},
    ]


@pytest.mark.usefixtures("content")
def test_every_block_is_shown(image, document):
    html = show(body(image, document))
    for expected in (
        '<div class="call call-bad" role="note">', "<strong>Danger</strong>", "a &lt; b &amp;&amp; c",
        '<summary>Why?</summary>', 'srcset="', 'width="1024"', 'alt="A &quot;plan&quot;"', "<figcaption",
        '>The form (PDF)</a>', '<a href="/en/about/">Go</a>', '<a class="ref" href="/en/r/SIM-MNO-03/">SIM-MNO-03</a>',
        '<bdi class="ref" dir="ltr">SAF-999</bdi>', '<a id="fnref-0" href="#fn-0" role="doc-noteref">1</a>',
        'id="fn-0"', 'href="#fnref-0"', "And never.[^9]",
    ):  # fmt: skip
        assert expected in html, expected
    for placeholder in ("linktype", "data-image", "data-statement", "data-footnote"):
        assert placeholder not in html
    assert len(set(re.findall(r'<details class="more" name="([^"]+)"', html))) == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("content")
def test_what_a_block_names_is_in_the_language_of_the_reader(image, document):
    html = show(body(image, document), "ar")
    about = Page.objects.get(slug="about", locale__language_code="ar")
    assert f'<a href="/ar/about/">{about.title}</a>' in html
    assert 'href="/ar/r/SAF-053/"' in html
    assert '<pre dir="ltr"' in html


@pytest.mark.usefixtures("content")
def test_ten_of_each_cost_no_more_queries_than_one(image, document):
    show(body(image, document))
    Client().get("/en/blocks/")
    with CaptureQueriesContext(connection) as one:
        Client().get("/en/blocks/?again=1")
    home = Page.objects.get(depth=2, locale__language_code="en")
    with system_publication(reason="test"):
        create_pages(home, [(PlainPage(title="More", slug="more-blocks", body=body(image, document) * 10), [])])
    Client().get("/en/more-blocks/")
    with CaptureQueriesContext(connection) as ten:
        Client().get("/en/more-blocks/?again=1")
    assert len(ten) == len(one) <= 18


def test_every_block_an_editor_can_choose_has_an_icon_words_and_a_preview():
    for name, block in Narrative().child_blocks.items():
        assert block.meta.icon != blocks.Block._meta_class.icon, name
        assert block.meta.template and block.is_previewable, name


@pytest.mark.usefixtures("content")
def test_the_preview_of_a_block_renders(admin_client):
    for name, block in PlainPage._meta.get_field("body").stream_block.child_blocks.items():
        response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        html = response.content.decode()
        assert response.status_code == 200 and "dfs_workflow/look.css" in html, name
        shown = html.split('<div class="wrap prose">')[1].split("</main>")[0]
        assert len(shown.strip()) > 20, name
        assert "linktype" not in shown and "data-statement" not in shown, name
