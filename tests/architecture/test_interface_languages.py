"""The interface is complete in each language that the settings call finished; in the others it stays English."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import ngettext, override, to_language, to_locale

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("locale", "dfs_pages/locale", "dfs_workflow/locale", "dfs_mou/locale", "dfs_workflow/translation/locale")
LANGUAGES = [to_locale(code) for code in settings.DFS_WORKFLOW_INTERFACE_LANGUAGES if code != "en"]
CATALOGUES = [
    pytest.param(ROOT / folder / language / "LC_MESSAGES/django.po", id=f"{folder} {language}")
    for folder in FOLDERS
    for language in LANGUAGES
]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
MARKED = re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")


@pytest.mark.parametrize("path", CATALOGUES)
def test_a_catalogue_is_complete(path: Path) -> None:
    catalogue = polib.pofile(str(path), check_for_duplicates=True)
    assert len(catalogue) > 30
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("path", CATALOGUES)
def test_placeholders_survive_translation(path: Path) -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and not keeps_placeholders(text, entry)
    ]
    assert wrong == []


def keeps_placeholders(text: str, entry: polib.POEntry) -> bool:
    """A plural form may leave the number out: "one clause"."""
    found, asked = set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    return found <= asked if entry.msgid_plural else found == asked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("templates", "catalogues"),
    [
        ("dfs_pages/templates", ["dfs_pages/locale"]),
        ("dfs_workflow/templates", ["dfs_workflow/locale"]),
        ("dfs_workflow/translation/templates", ["dfs_workflow/translation/locale"]),
        ("dfs_mou/templates", ["dfs_mou/locale"]),
        ("site/dfs_site/templates", ["locale"]),
    ],
)
def test_every_sentence_of_a_template_is_in_its_catalogue(templates: str, catalogues: list[str], language: str) -> None:
    files = [str(ROOT / folder / language / "LC_MESSAGES/django.po") for folder in catalogues]
    known = {entry.msgid for file in files for entry in polib.pofile(file)}
    marked = {
        double or single
        for path in (ROOT / templates).rglob("*.html")
        for double, single in MARKED.findall(path.read_text("utf-8"))
    }
    assert marked
    assert sorted(marked - known) == []


def test_editors_are_offered_every_complete_language() -> None:
    offered = {code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES}
    assert offered == {"en", *map(to_language, LANGUAGES)}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 рекомендация"),
        (3, "3 рекомендации"),
        (11, "11 рекомендаций"),
        (21, "21 рекомендация"),
        (112, "112 рекомендаций"),
    ],
)
def test_russian_counts_in_its_own_way(number: int, words: str) -> None:
    with override("ru"):
        said = ngettext("%(number)s recommendation", "%(number)s recommendations", number)
    assert said % {"number": number} == words
