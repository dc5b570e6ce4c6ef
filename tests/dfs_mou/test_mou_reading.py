"""The model MOU as readers meet it: template, clause, questions; in their language or labelled."""

import re
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.test import TestCase

from dfs_mou.models import ClausePage, MouTemplatePage
from dfs_workflow.gate import system_publication
from dfs_workflow.merging import changes_between
from dfs_workflow.models import Decision, Proposal
from tests.dfs_mou.form import text_of
from tests.dfs_mou.site import make_homes
from tests.dfs_workflow.people import member, organisation

pytestmark = pytest.mark.slow


class ReadingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_homes()
        call_command("load_mou_template", template=["mou-template"], stdout=StringIO())

    def setUp(self):
        cache.clear()

    def read(self, address, status=200):
        response = self.client.get(address)
        assert response.status_code == status, response.status_code
        return response.content.decode(), text_of(response)

    def test_a_search_reads_the_words_of_a_clause_and_not_its_keys_and_kinds(self):
        for clause in ClausePage.objects.filter(locale__language_code="en"):
            words = [str(text) for text in clause._meta.get_field("clauses").get_searchable_content(clause.clauses)]
            assert not {"Mandatory", "Alternative", "Optional", "(a), (b)"} & set(words), words
            for block in clause.clauses:
                assert block.value["key"] not in words
                assert not block.value["title"] or block.value["title"] in words

    def test_the_template_lists_every_clause_and_annex_with_its_number(self):
        page = MouTemplatePage.objects.get(locale__language_code="en")
        html, text = self.read(page.url)
        assert html.count('href="/en/r/MOU-') == 61
        assert "Printed only if “SIM and number status check” is not" in text
        assert "Optional" in text
        assert "/en/mou-builder/" in html

    def test_a_clause_has_its_number_text_guidance_source_and_permanent_link(self):
        html, text = self.read("/en/r/MOU-014/")
        assert "Clause 11" in text
        assert "11.1" in text
        assert '<mark title="SIM-swap holding period, in hours">24</mark>' in html
        assert 'id="guidance"' in html
        assert "ITU G4.13" in text
        assert 'id="cite"' in html
        assert "/en/r/MOU-014/" in html
        assert 'rel="prev"' in html
        assert 'rel="next"' in html
        assert "{{" not in html

    def test_each_part_of_a_clause_is_open_to_proposals_which_keep_its_answers(self):
        html, _text = self.read("/en/r/MOU-014/")
        forms = re.findall(r'href="(/en/propose/\d+/text/clauses\.[^"]+)"', html)
        assert len(set(forms)) > 4
        call_command("set_up_platform", stdout=StringIO())
        self.client.force_login(member("awa", organisation()))
        for url in forms:
            shown = self.client.get(url).content.decode()
            if "[24](1) hours" in shown:
                break
        texts = BeautifulSoup(shown, "html.parser").find_all(["textarea", "input"], {"name": re.compile("^text-")})
        values = {row["name"]: row.get("value") or row.get_text().removeprefix("\n") for row in texts}
        sent = {name: value.replace("hours", "whole hours") for name, value in values.items()}
        assert self.client.post(url, {**sent, "reason": "Clearer."}).status_code == 302
        item = Proposal.objects.get().items.get()
        assert "whole hours" in str(item.proposed) and 'linktype="mouvar"' in str(item.proposed)
        assert len(changes_between(item.base, item.proposed)) == 1

    def test_a_question_without_a_usual_answer_shows_its_example(self):
        _html, english = self.read("/en/r/MOU-002/")
        assert "the Nigerian Communications Commission" in english
        assert "after “in”" not in english
        assert "inside a sentence" not in english

    def test_a_reference_leads_to_the_permanent_link_of_its_clause(self):
        html, _text = self.read("/en/r/MOU-010/")
        assert '<a href="/en/r/MOU-054/">Annex D</a>' in html

    def test_alternatives_and_conditions_are_told_in_words(self):
        _html, text = self.read("/en/r/MOU-007/")
        assert text.count("One of several alternatives") == 3
        assert text.count("Printed only if “") == 3

    def test_french_is_marked_as_a_draft_and_keeps_the_language(self):
        html, text = self.read("/fr/r/MOU-014/")
        assert "Échange de SIM" in text
        assert 'role="note"' in html
        assert not re.search(r'<a [^>]*href="/en/r/MOU', html[html.index("<main") :])

    def test_a_reviewed_translation_is_not_marked(self):
        page = ClausePage.objects.get(reference="MOU-014", locale__language_code="fr")
        page.guidance += " Relu."
        revision = page.save_revision()
        with system_publication(reason="in a test"):
            revision.publish()
        page.refresh_from_db()
        Decision.objects.filter(revision_id=page.live_revision_id).update(kind=Decision.Kind.REVIEW)
        html, _text = self.read("/fr/r/MOU-014/")
        assert "call-warn" not in html

    def test_another_language_falls_back_and_says_so(self):
        html, text = self.read("/ar/r/MOU-014/")
        assert '<html lang="ar" dir="rtl"' in html
        assert '<h1 class="mt" lang="en" dir="ltr">' in html
        assert "SIM Swap" in text
        assert "call-warn" in html

    def test_a_group_of_questions_is_a_page(self):
        page = MouTemplatePage.objects.get(locale__language_code="en")
        group = page.get_children().get(slug="questions-security")
        _html, text = self.read(group.url)
        assert "SIM-swap holding period" in text
        assert "sim_swap_hold_hours" in text

    def test_a_page_costs_the_same_however_long_it_is(self):
        for reference in ("MOU-010", "MOU-043"):  # the longest and one of a single paragraph
            self.client.get(f"/en/r/{reference}/")
            cache.clear()
            with self.assertNumQueries(FuzzyInt(1, 15)):
                self.read(f"/en/r/{reference}/")
        address = MouTemplatePage.objects.get(locale__language_code="en").url
        cache.clear()
        with self.assertNumQueries(FuzzyInt(1, 15)):
            self.read(address)


class FuzzyInt(int):
    """Equal to every number up to a limit."""

    def __new__(cls, low, high):
        number = super().__new__(cls, high)
        number.low = low
        return number

    def __eq__(self, other):
        return self.low <= other <= int(self)

    __hash__ = int.__hash__

    def test_a_reworded_clause_shows_the_new_source_beside_its_old_translation(self):
        clause = ClausePage.objects.get(reference="MOU-014", locale__language_code="en")
        clause.body = "<p>The Parties shall meet 99 times.</p>"
        with system_publication(reason="Set up for a test"):
            clause.save_revision().publish()
        html, text = self.read("/fr/r/MOU-014/")
        assert "Cette clause a été modifiée le" in text
        assert "The Parties shall meet 99 times." in text
        assert 'lang="en"' in html
        assert "Cette clause a été modifiée" not in self.read("/fr/r/MOU-013/")[1]
