"""Names, countries and answers read right inside a sentence in Arabic."""

import re

import polib
import pytest

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.arabic_forms import agreeing, arabic_institution
from dfs_mou.documents.country_forms import country_name
from dfs_mou.documents.directory import answers_from_directory
from dfs_mou.documents.document import Span
from dfs_mou.documents.name_forms import with_forms
from dfs_mou.importers.template_files import TEMPLATES, translation_files
from tests.dfs_mou.mou_content import directory
from tests.dfs_mou.translated_edition import edition_in

# A preposition, conjunction or article of one letter that Arabic writes together with the next word.
GLUED = re.compile(r"(?:^|[\s(«])(?:[وفبلك]|[وفبك]?ال|و?لل|[وف][بلك])<a id=")
BRACKETS_OR_LATIN = re.compile(r"[A-Za-z\[\]{}]| - (?!ليشتي)")


IN_ARABIC = [stem for stem in TEMPLATES if "ar" in translation_files(stem=stem)]


@pytest.mark.parametrize("stem", IN_ARABIC)
def test_no_prefix_is_written_together_with_an_answer(stem):
    po = polib.pofile(str(translation_files(stem=stem)["ar"]))
    assert [entry.msgstr for entry in po if GLUED.search(entry.msgstr)] == []


def test_the_directory_gives_arabic_names_and_a_foreign_one_follows_an_arabic_noun():
    for row in directory():
        assert not BRACKETS_OR_LATIN.search(country_name(row["iso2"], "ar")), row["iso2"]
    given = {row["iso2"]: answers_from_directory(row, ("ar",)) for row in directory()}
    jordan = with_forms(edition_in("ar"), Answers({}, given["JO"].values)).values["ar"]
    assert jordan["central_bank_name_genitive"] == "البنك المركزي الأردني"
    assert (jordan["country_locative"], jordan["country_genitive"]) == ("في الأردن", "الأردن")
    assert given["SN"].values["ar"]["central_bank_union_name"] == "الاتحاد النقدي لغرب أفريقيا"
    assert arabic_institution("Bank of Ghana") == "البنك المركزي المسمى «Bank of Ghana»"
    assert arabic_institution("Office of Communications") == "المؤسسة المسماة «Office of Communications»"


@pytest.mark.parametrize(
    ("number", "after", "said"),
    [
        ("24", " من الساعات من لحظة العلم", "24 ساعة من لحظة العلم"),
        ("1", " من الساعات.", "ساعة واحدة (1)."),
        ("2", " من أيام العمل", "يومي عمل (2)"),
        ("3", " من السنوات", "3 سنوات"),
        ("10", " من الأيام", "10 أيام"),
        ("30", " من الأيام", "30 يوماً"),
        ("100", " من الأيام", "100 يوم"),
        ("105", " من الأشهر", "105 أشهر"),
        ("111", " من الدقائق", "111 دقيقة"),
        ("24", " من الأعضاء", "24 من الأعضاء"),
        ("____", " من الثواني", "____ من الثواني"),
    ],
)
def test_a_word_agrees_with_the_number_before_it(number, after, said):
    spans = agreeing((Span("text", "في غضون "), Span("value", number), Span("text", after)))
    assert "".join(span.text for span in spans) == f"في غضون {said}"
    assert [span.text for span in spans if span.kind == "value"] == [number]
