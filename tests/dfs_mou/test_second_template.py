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


def edition():
    return Edition.from_json(read_template(template_files(stem=STEM)))


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
