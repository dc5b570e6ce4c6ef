"""Numbers that a word processor left as text before a clause are no change; other words there are one."""

import pytest
from docx.oxml.ns import qn

from dfs_mou.documents import returned
from tests.dfs_mou.test_returned import rearranged, sent


def test_numbers_that_became_text_are_no_change():
    def typed(body):
        for name, number in (("_Ref_costs", "31. "), ("_Ref_objective_prevent", "(a) ")):
            mark = next(mark for mark in body.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == name)
            text = next(mark.getparent().iter(qn("w:t")))
            text.text = number + text.text

    assert returned.changes(sent(), rearranged(typed)) == []


@pytest.mark.parametrize(
    "number", ["7 ", "7.", "12.1 ", "A.1 ", "(a) ", "b) ", "(iv) ", "XII. ", "(aa) ", "十二、", "（三）", "ب) "]
)
def test_each_kind_of_number_before_a_clause_is_no_change(number):
    def typed(body):
        mark = next(mark for mark in body.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == "_Ref_costs")
        text = next(mark.getparent().iter(qn("w:t")))
        text.text = number + text.text

    assert returned.changes(sent(), rearranged(typed)) == []


@pytest.mark.parametrize("words", ["No ", "In 2 months ", "No. ", "Not. ", "(new) ", "Di. ", "2026 ", "it) "])
def test_other_words_at_the_beginning_of_a_clause_are_a_change(words):
    def typed(body):
        mark = next(mark for mark in body.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == "_Ref_costs")
        text = next(mark.getparent().iter(qn("w:t")))
        text.text = words + text.text

    assert len(returned.changes(sent(), rearranged(typed))) == 1
