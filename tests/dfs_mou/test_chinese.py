"""The model MOU in Simplified Chinese: names need no forms, and its documents are Chinese throughout."""

import io
import re
from io import StringIO

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from dfs_mou.documents import docx, pdf
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.directory import answers_from_directory
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.name_forms import with_forms
from dfs_mou.documents.tree import build
from dfs_mou.models import TemplateEdition
from tests.dfs_mou.language_checks import LEFTOVERS
from tests.dfs_mou.mou_content import DATE, directory, paragraphs, supplied
from tests.dfs_mou.site import make_homes
from tests.dfs_mou.test_document_formats import pdf_failures, word_errors
from tests.dfs_mou.word_numbers import automatic_labels

HAN = r"[\u4e00-\u9fff]"
NOT_CHINESE = re.compile(rf"{HAN}[,;:?!]|[,;:?!]{HAN}|{HAN} +\w|\w +{HAN}|(?<![A-Za-z@.-])[a-z]{{3,}}")
NAMES = {
    "country_name": "尼日利亚",
    "telecom_regulator_name": "尼日利亚通信委员会",
    "central_bank_name": "尼日利亚中央银行",
}


def test_every_country_and_institution_stands_unchanged_in_a_sentence():
    for row in directory():
        given = answers_from_directory(row, ("zh-hans",))
        shown = with_forms(supplied(), given).values["zh-hans"]
        country = given.values["zh-hans"]["country_name"]
        assert re.search(HAN, country), row["iso2"]
        assert shown["country_locative"] == shown["country_genitive"] == country
        if "central_bank_name" in shown:
            assert shown["central_bank_name_definite"] == shown["central_bank_name"]


@pytest.mark.parametrize(
    ("iso2", "name", "answer"),
    [("CN", "central_bank_name", "中国人民银行"), ("HK", "country_name", "中国香港")],
)
def test_names_that_a_directory_in_english_can_not_give(iso2, name, answer):
    row = next(row for row in directory() if row["iso2"] == iso2)
    assert answers_from_directory(row, ("zh-hans",)).values["zh-hans"][name] == answer


@pytest.mark.slow
@pytest.mark.django_db
def test_the_short_model_makes_documents_without_a_word_of_english(tmp_path):
    make_homes("zh-hans")
    call_command("load_mou_template", template=["mou-sim-swap"], stdout=StringIO())
    edition = Edition.from_json(TemplateEdition.objects.get().content)
    assert edition.languages == ("en", "zh-hans")
    shown = build(edition, Answers({}, {"zh-hans": NAMES}), language="zh-hans", date=DATE)
    texts = paragraphs(shown)
    assert [text for text in texts if LEFTOVERS.search(text) or NOT_CHINESE.search(text)] == []
    assert any("第3条" in text for text in texts)
    word = docx.render(shown)
    assert word_errors(word, tmp_path) == []
    assert automatic_labels(word) == [clause.label for clause in shown.walk() if clause.label]
    made = pdf.render(shown)
    assert pdf_failures(made) == []
    reader = PdfReader(io.BytesIO(made))
    fonts = [font.get_object()["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert {font.partition("+")[2] for font in fonts} >= {"NotoSerifSC-Regular", "NotoSerifSC-Bold"}
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    assert "尼日利亚通信委员会" in text and "“监管机构”" in text
