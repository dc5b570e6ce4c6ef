"""Rich text goes through a plain form and comes back as it was, or as it was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfs_workflow.proposals.formatted import formatted
from dfs_workflow.proposals.markup import MarkupError, chunk_html, to_html, to_text
from dfs_workflow.redline import compare

RICH = (
    '<p data-block-key="k1">The operator <b>must</b> check the <a linktype="page" id="7">registry</a> '
    'and <i>log</i> it; see <a href="https://itu.int/x">ITU</a>.</p>'
    '<ul><li data-block-key="k2">one &amp; two</li><li data-block-key="k3">three</li></ul>'
    "<p>a &lt; b<br/>2 * 3, snake_case</p>"
)
TEXT = """The operator **must** check the [registry](1) and _log_ it; see [ITU](https://itu.int/x).

- one & two
- three

a < b
2 \\* 3, snake_case"""


def test_a_form_shows_plain_text_with_quiet_marks():
    assert to_text(RICH).text == TEXT


def test_what_nobody_touched_is_the_same_to_the_letter():
    assert to_html(TEXT, RICH) == RICH
    assert to_html(TEXT.replace("\n", "\r\n") + "\n\n", RICH) == RICH


def test_only_the_paragraph_that_was_edited_is_written_anew():
    edited = TEXT.replace("**must**", "_shall_").replace("- three", "- three\n  1. deep\n- four")
    html = to_html(edited, RICH)
    assert html == (
        '<p>The operator <i>shall</i> check the <a linktype="page" id="7">registry</a> and <i>log</i> it; '
        'see <a href="https://itu.int/x">ITU</a>.</p>'
        "<ul><li>one &amp; two</li><li>three<ol><li>deep</li></ol></li><li>four</li></ul>"
        "<p>a &lt; b<br/>2 * 3, snake_case</p>"
    )


def test_markup_that_is_typed_stays_text():
    html = to_html("<script>alert(1)</script> & <b onclick=x>", RICH)
    assert html == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b onclick=x&gt;</p>"


@pytest.mark.parametrize(
    "typed",
    [
        "[words](9)",
        "[words](javascript:alert(1))",
        "[x](data:text/html,1)",
        "[[1]]",
        '[x](https://a.example/"><img/src=x>)',
    ],
)
def test_a_link_that_leads_nowhere_safe_is_refused_or_stays_words(typed):
    try:
        html = to_html(typed, RICH)
    except MarkupError as error:
        assert error.what in typed
    else:
        assert "<a" not in html


def test_what_can_not_be_typed_keeps_its_place():
    html = '<p>before <embed embedtype="image" id="3" format="left"/> after</p>'
    assert to_text(html).text == "before [[1]] after"
    assert to_html("AFTER [[1]]", html) == '<p>AFTER <embed embedtype="image" id="3" format="left"/></p>'


words = st.text(st.sampled_from("ab *_`[]()\\<&1.-é的"), min_size=1, max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
spans = st.lists(
    st.tuples(st.sampled_from(["{}", "<b>x{}x</b>", " <i>x{}x</i> ", '<a linktype="page" id="5">{}</a>']), words),
    min_size=1,
    max_size=4,
).map(lambda rows: "".join(form.format(text) for form, text in rows))


@given(st.one_of(spans.map("<p>{}</p>".format), spans.map("<ul><li>{}</li><li>x</li></ul>".format)))
def test_whatever_stands_in_a_text_survives_the_form(html):
    """Written anew from its text alone, it reads the same as before."""
    written = to_text(html)
    assert to_html(written.text, html) == html
    fresh = "".join(chunk_html(text, written.kept) for text, _html in written.chunks)
    assert to_text(fresh).text == written.text


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("You must log it, a\\_b.", "You **must** log it, a\\_b.", "You |-must|+*must*| log it, a_b."),
        ("You may _log_ it.", "You **must** log it.", "You |-may |-*log*|+*must*|+ log| it."),
    ],
)
def test_a_comparison_shows_emphasis_instead_of_spelling_it(before, after, shown):
    signs = {"same": "", "added": "+", "removed": "-"}
    runs = formatted(compare(before, after).pieces)
    star = {True: "*", False: ""}
    texts = [(run, star[run.is_bold or run.is_italic]) for run in runs]
    assert "|".join(f"{signs[run.kind.value]}{mark}{run.text}{mark}" for run, mark in texts) == shown
