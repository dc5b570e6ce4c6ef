"""Proposals as others read them: who proposed what and when, and where two texts part."""

import io

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn

from dfs_mou.models import Agreement, AgreementVersion
from dfs_mou.views.agreement.room import excerpts
from tests.dfs_mou.test_negotiation import guest, open_one, owner  # noqa: F401  the fixtures

pytestmark = pytest.mark.django_db


def test_tracked_changes_bear_the_name_and_the_time_of_who_proposed_them(owner, guest):  # noqa: F811
    guest.propose("Its aims are to:")
    owner.press(f"decide.accepted.{open_one().pk}")
    owner.propose(key="costs", top="costs", kind="dropped")
    guest.press(f"decide.accepted.{open_one().pk}")
    owner.propose(added="Joint training", kind="added")
    guest.press(f"decide.accepted.{open_one().pk}")
    body = open_word(io.BytesIO(owner.press("redline.template.en").content)).element.body
    marks = list(body.iter(qn("w:ins"), qn("w:del")))
    by = {}
    for mark in marks:
        text = "".join(node.text or "" for node in mark.iter(qn("w:t"), qn("w:delText")))
        by.setdefault(mark.get(qn("w:author")), []).append(text)
    assert {"aims", "objectives"} == {text for text in by.pop("Bank of Atlantis") if text}
    assert list(by) == ["Board of Atlantis"]
    assert "Joint training" in by["Board of Atlantis"] and "Costs" in by["Board of Atlantis"]
    began = f"{Agreement.objects.get().created_at:%Y-%m-%dT%H:%M:%SZ}"
    assert min(mark.get(qn("w:date")) for mark in marks) >= began
    number = AgreementVersion.objects.latest("number").number
    guest.propose("Its ends are to:", added="", kind="changed")
    owner.press(f"decide.accepted.{open_one().pk}")
    body = open_word(io.BytesIO(owner.press(f"redline.{number}.en").content)).element.body
    assert {mark.get(qn("w:author")) for mark in body.iter(qn("w:ins"), qn("w:del"))} == {"Bank of Atlantis"}


@pytest.mark.parametrize("words", ["one word and then another. ", "协议各方应当相互通报安全事件。"])
def test_an_excerpt_begins_shortly_before_the_change(words):
    before, after = excerpts(f"{words * 40}OLD {words * 40}", f"{words * 40}NEW {words * 40}")
    assert "OLD" in before[:50] and "NEW" in after[:50]
    assert len(before) <= 120
