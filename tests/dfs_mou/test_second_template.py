"""A second, short template by content alone: loaded, drafted, saved and negotiated by the same program."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client, TestCase

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.edition_lint import lint
from dfs_mou.documents.tree import build
from dfs_mou.importers.template_files import read_template, template_files
from dfs_mou.models import Agreement, MouTemplatePage, TemplateEdition
from tests.dfs_mou.form import Form
from tests.dfs_mou.language_checks import faults
from tests.dfs_mou.mou_content import DATE, pair_answers, paragraphs
from tests.dfs_mou.site import make_homes

STEM = "mou-sim-swap"
URL = "/en/mou-builder/"


def edition(stem=STEM):
    return Edition.from_json(read_template(template_files(stem=stem)))


def test_the_short_template_has_no_finding_and_needs_few_answers():
    short = edition()
    assert lint(short) == []
    assert len(short.variables) < 40
    assert len(short.clauses) == 13


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("mode", ["none", "central_service", "operator_interfaces"])
def test_its_documents_read_well_whatever_is_answered(language, mode):
    values = pair_answers("sn-artp-bceao").values
    shown = build(edition(), Answers({"number_check_mode": mode}, values), language=language, date=DATE)
    assert [fault for text in paragraphs(shown) for fault in faults(text, language)] == []
    printed = {clause.key for clause in shown.walk()}
    assert ("status-checks" in printed) is (mode != "none")


THIRD = {
    "en": ("the Board of Competition", "On behalf of the Board of Competition"),
    "fr": ("le Conseil de la concurrence", "Au nom du Conseil de la concurrence"),
}


@pytest.mark.parametrize("order", ["regulator_first", "central_bank_first"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_third_authority_signs_by_a_template_of_its_own(language, order):
    three = edition("mou-three-party")
    assert lint(three) == []
    definite, signed = THIRD[language]
    name = definite.split(" ", 1)[1]
    said = {**pair_answers("sn-artp-bceao").values[language], "third_authority_name": name}
    shown = build(three, Answers({"party_order": order}, {language: said}), language=language, date=DATE)
    texts = paragraphs(shown)
    assert [fault for text in texts for fault in faults(text, language)] == []
    assert definite in texts[:60]
    assert sum(text.startswith(f"{definite} (") for text in texts) == 1
    keys = [clause.key for clause in shown.walk() if clause.key.startswith(("party-", "signature-"))]
    pair = ["regulator", "central-bank"] if order == "regulator_first" else ["central-bank", "regulator"]
    assert keys == [f"{stem}-{who}" for stem in ("party", "signature") for who in (*pair, "third")]
    assert signed in texts


@pytest.mark.slow
class SecondTemplateTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_homes()
        call_command("load_mou_template", template=[STEM], stdout=StringIO())

    def test_it_is_loaded_and_drafted_without_programming(self):
        page = MouTemplatePage.objects.get(locale__language_code="en")
        assert page.slug == STEM
        assert TemplateEdition.objects.get().languages == ["en", "fr"]
        client = Client()
        assert client.get(URL).status_code == 404
        step = Form(client, client.get(f"{URL}?template={STEM}")).press("telecom_regulator")
        response = step.press("save", **{"a.en.telecom_regulator_name": "Board of Atlantis"}).response
        form = Form(client, client.get(response["Location"]))
        preview = form.press("preview.en")
        assert "Rules on SIM Swaps" in preview.text
        assert "Board of Atlantis" in preview.text
        assert Agreement.objects.get().edition.template == STEM
        room = client.get(response["Location"].replace("resume", "agreement"))
        assert "Rules on SIM Swaps" in room.content.decode()
        assert f"/mou-builder/?template={STEM}" in client.get(page.url).content.decode()
