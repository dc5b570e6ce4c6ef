"""What an agreement prints about a text, an old translation for example, is nobody's wording."""

import io

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from docx import Document as open_word
from docx.oxml.ns import qn

from dfs_mou import actions
from dfs_mou.documents import docx, returned
from dfs_mou.documents.comparison import clause_text, notices_of
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import build
from dfs_mou.models import ClauseProposal
from tests.dfs_mou.agreed import ANSWERS, Hand
from tests.dfs_mou.form import text_of
from tests.dfs_mou.mou_content import DATE, new_edition, pair_answers, supplied_json


def outdated():
    content = supplied_json() | {"version": "9.1.0"}
    next(row for row in content["clauses"] if row["key"] == "costs")["outdated"] = {"fr": "2026-11-02"}
    return content


def edited(data, before, after):
    word = open_word(io.BytesIO(data))
    for node in word.element.body.iter(qn("w:t")):
        node.text = (node.text or "").replace(before, after)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def document():
    edition = Edition.from_json(outdated())
    return build(edition, pair_answers("sn-artp-bceao"), language="fr", date=DATE)


def test_the_notice_of_an_old_translation_is_printed_and_is_no_wording():
    made = document()
    (clause,) = [clause for clause in made.walk() if notices_of(clause)]
    assert clause.key == "costs" and "modifié" in notices_of(clause)[0]
    assert "modifié" not in clause_text(clause)


def test_a_returned_copy_with_other_words_or_without_the_notice_does_not_take_it_for_wording():
    made = document()
    (clause,) = [clause for clause in made.walk() if notices_of(clause)]
    data = docx.render(made)
    assert returned.changes(made, data) == []
    assert returned.changes(made, edited(data, notices_of(clause)[0], "")) == []
    (change,) = returned.changes(made, edited(data, "Chaque Partie supporte", "Chaque Partie règle"))
    assert change.key in (clause.key, clause.absorbed)
    assert "modifié" not in change.before + change.after


@pytest.mark.django_db
class TestOffered:
    def hand(self):
        now = timezone.now()
        row = new_edition(outdated())
        saved = actions.save_agreement(by=None, edition=row, languages=["en", "fr"], answers=ANSWERS, keep=None, at=now)
        return Hand(saved.token)

    def clause(self, hand, key, language="fr"):
        return hand.client.get(f"{hand.url}{language}/{key}/")

    def test_the_notice_stands_above_the_text_and_not_in_the_field(self, edition):
        page = self.clause(self.hand(), "costs")
        assert "modifié" in text_of(page)
        offered = [field.get_text() for field in BeautifulSoup(page.content, "lxml").select("[name=text]")]
        assert offered and not any("modifié" in text for text in offered)

    def test_an_added_clause_without_a_text_in_this_language_offers_an_empty_field(self, edition):
        hand = self.hand()
        address = f"{hand.url}en/costs/"
        hand.client.post(address, {"key": "costs", "kind": "added", "added": "Training\nThey train."})
        hand.press(f"decide.accepted.{ClauseProposal.objects.get().pk}")
        key = f"added-{ClauseProposal.objects.get().pk}"
        page = self.clause(hand, key)
        assert "dans une autre langue" in text_of(page)
        (field,) = BeautifulSoup(page.content, "lxml").select("[name=text]")
        assert field.get_text().strip() == ""
        address = f"{hand.url}fr/{key}/"
        hand.client.post(address, {"key": key, "kind": "changed", "text": "", "comment": "À voir."})
        assert ClauseProposal.objects.last().kind == "comment"
        hand.client.post(address, {"key": key, "kind": "changed", "text": "Formation\nElles se forment."})
        hand.press(f"decide.accepted.{ClauseProposal.objects.last().pk}")
        assert "Elles se forment." in text_of(self.clause(hand, key))
