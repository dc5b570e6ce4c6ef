"""The checks of translated texts, by right and wrong examples in six languages, and the command that runs them."""

from io import StringIO
from pathlib import Path

import polib
import pytest
import yaml
from django.core.management import CommandError, call_command

from dfs_workflow.translation import quality

LANGUAGES = yaml.safe_load((Path(__file__).parent / "examples.yaml").read_text("utf-8"))
EXAMPLES = [(entry["language"], entry) for entry in LANGUAGES]
CODES = {"numbers", "references", "links", "placeholders", "chips", "tlp", "modals", "forbidden", "pairs", "direction"}


def codes(entry, source, target):
    found = quality.check(
        source,
        target,
        language=entry["language"],
        source_language=entry.get("source_language", "en"),
        terms=[quality.Term(**entry["terms"])],
    )
    return [finding.code for finding in found]


@pytest.mark.parametrize(("language", "entry"), EXAMPLES, ids=[language for language, _entry in EXAMPLES])
def test_nothing_is_wrong_with_a_right_translation(language, entry):
    found = {target: codes(entry, source, target) for source, target in entry["right"]}
    assert {target: wrong for target, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("language", "entry"), EXAMPLES, ids=[language for language, _entry in EXAMPLES])
def test_every_wrong_translation_is_caught_for_what_is_wrong(language, entry):
    assert {code for code, _source, _target in entry["wrong"]} >= CODES | {"spaces"}
    found = [(code, target, set(codes(entry, source, target))) for code, source, target in entry["wrong"]]
    assert [(code, target, got) for code, target, got in found if got != {code}] == []


def test_an_empty_translation_and_an_unused_term_are_found():
    assert [finding.code for finding in quality.check("Text", " ", language="fr")] == ["empty"]
    term = quality.Term("mobile wallet", approved=["portefeuille mobile"])
    shorter = quality.Term("wallet", approved=["bourse"])
    (found,) = quality.check("A mobile wallet", "Un compte", language="fr", terms=[term, shorter])
    assert (found.code, found.severity) == ("terms", "warning")
    assert "portefeuille mobile" in found.message


@pytest.mark.parametrize(
    ("language", "right", "forbidden", "part"),
    [
        ("fr", "échange de SIM", "permutation de SIM", "SIM"),
        ("es", "cambio de SIM", "canje de SIM", "SIM"),
        ("ru", "замена SIM-карты", "обмен SIM-карты", "SIM-карта"),
        ("ar", "تبديل الشريحة", "مقايضة الشريحة", "شريحة"),
        ("zh-hans", "换卡", "互换卡", "卡"),
    ],
)
def test_an_allowed_word_inside_a_forbidden_one_does_not_hide_it(language, right, forbidden, part):
    terms = [
        quality.Term("SIM swap", approved=[right], forbidden=[forbidden]),
        quality.Term("SIM", approved=[part]),
    ]
    found = [finding.code for finding in quality.check("A SIM swap", forbidden, language=language, terms=terms)]
    assert "forbidden" in found
    assert quality.check("A SIM swap", right, language=language, terms=terms) == []


def test_an_acronym_is_a_term_only_in_capitals():
    acronym, word = quality.Term("IT", approved=["informatique"]), quality.Term("Control", approved=["contrôle"])
    assert quality.terms_in("If it runs, controls help.", [acronym, word]) == [word]
    assert quality.terms_in("The IT staff", [acronym, word]) == [acronym]


@pytest.fixture
def po_file(tmp_path):
    folder = tmp_path / "fr"
    folder.mkdir()
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.append(polib.POEntry(msgid="Keep 12 logs", msgstr="Garder 12 journaux"))
    file.append(polib.POEntry(msgid="Act 2003", msgstr="loi 2008-12", tcomment="Localised: an act of another country"))
    file.append(polib.POEntry(msgid="Not yet", msgstr=""))
    file.save(str(folder / "chapter.po"))
    return folder / "chapter.po"


def run(*arguments):
    out = StringIO()
    call_command("check_translations", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_takes_the_language_from_the_folder_and_passes_a_right_file(po_file):
    assert run(po_file.parent) == "0 errors, 0 warnings\n"


def test_the_command_names_file_and_line_and_fails_on_errors(po_file):
    file = polib.pofile(str(po_file))
    file[0].msgstr = "Garder  13 journaux"
    file.save()
    out = StringIO()
    with pytest.raises(CommandError, match="errors"):
        call_command("check_translations", str(po_file), stdout=out)
    assert "chapter.po:5: error numbers: Number missing: 12" in out.getvalue()
    assert "warning spaces" in out.getvalue()
    with pytest.raises(CommandError, match="no file"):
        run(po_file.parent / "none.po")
