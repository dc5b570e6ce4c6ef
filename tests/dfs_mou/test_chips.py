"""Chips in the editor: kept as they are stored, offered by key, shown as sample text."""

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html

from dfs_mou.rich_text import html_of, runs_of

STORED = (
    'Within <a linktype="mouvar" id="porting_hold_days">7</a> days, see '
    '<a linktype="mouref" id="annex-severity">Annex D</a>, <b>at once</b>.'
)


@pytest.fixture
def converter():
    return ContentstateConverter(features=["bold", "mou-var", "mou-ref"])


def test_the_editor_keeps_a_chip_as_it_is_stored(converter):
    saved = converter.to_database_format(converter.from_database_format(f"<p>{STORED}</p>"))
    assert STORED in saved


@pytest.mark.parametrize(
    "html",
    [
        '<p>a <a linktype="mouvar" id="x&quot; onmouseover=&quot;alert(1)">chip</a></p>',
        '<p>a <a linktype="mouvar" id="x"><script>alert(1)</script></a></p>',
        '<p onclick="alert(1)">a <a href="javascript:alert(1)" linktype="mouref" id="k">chip</a></p>',
    ],
)
def test_nothing_hostile_passes_the_editor_or_the_page(converter, html):
    saved = converter.to_database_format(converter.from_database_format(html))
    for text in (saved, expand_db_html(saved)):
        assert 'onmouseover="' not in text
        assert "<script" not in text
        assert "javascript:" not in text
        assert "onclick" not in text


def test_a_chip_in_other_rich_text_is_no_link():
    shown = expand_db_html(f"<p>{STORED}</p>")
    assert '<a class="chip" data-var="porting_hold_days">7</a>' in shown
    assert '<a class="chip" data-ref="annex-severity">Annex D</a>' in shown


def test_runs_and_html_are_two_forms_of_one_text():
    runs = runs_of(f"<p>{STORED}</p>")
    assert runs[0][1] == {"var": "porting_hold_days"}
    assert runs[0][-2:] == [{"text": "at once", "bold": True}, {"text": "."}]
    labels = {"porting_hold_days": "7", "annex-severity": "Annex D"}
    assert html_of(runs, lambda run: labels[run.get("var") or run["ref"]]) == f"<p>{STORED}</p>"


def test_an_empty_line_parts_a_paragraph_in_two():
    assert runs_of("<p>one<br/><br/>two<br/>three</p>") == [
        [{"text": "one"}],
        [{"text": "two"}, {"break": True}, {"text": "three"}],
    ]
    assert runs_of("<p></p><p><br/></p>") == []
