"""The interface is complete in each language that the settings call finished; in the others it stays English."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import ngettext, override, to_language, to_locale

from tests.architecture.marked_strings import Marked, marked_in

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("locale", "dfs_pages/locale", "dfs_workflow/locale", "dfs_mou/locale", "dfs_workflow/translation/locale")
LANGUAGES = [to_locale(code) for code in settings.DFS_WORKFLOW_INTERFACE_LANGUAGES if code != "en"]
CATALOGUES = [
    pytest.param(ROOT / folder / language / "LC_MESSAGES/django.po", id=f"{folder} {language}")
    for folder in FOLDERS
    for language in LANGUAGES
]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
OWN_CATALOGUES = [
    ("dfs_pages", "dfs_pages/locale"),
    ("dfs_workflow", "dfs_workflow/locale"),
    ("dfs_workflow/translation", "dfs_workflow/translation/locale"),
    ("dfs_mou", "dfs_mou/locale"),
    ("site/dfs_site", "locale"),
]
PYTHON_WITH_MARKS = """
name = models.CharField(_("name of a field"))
raise Refused(gettext("one sentence "
                      "in two lines") % {})
pgettext_lazy("month", "may")
ngettext_lazy("%(count)s page", "%(count)s pages", "count")
npgettext("review", "%(count)s vote", "%(count)s votes", number)
gettext(words)
log("not marked")
"""
TEMPLATE_WITH_MARKS = """
<h1>{% translate "A heading" %}</h1> {% translate 'A button' context "aside" as label %} {% translate "100% of it" %}
    {{ title|default:_("in a filter") }} {% comment %}{% translate "commented out" %}{% endcomment %}
  {% blocktranslate trimmed with who=page.owner %}
    By {{ who }}
    on a line of its own
  {% endblocktranslate %}
{% blocktranslate count count=lines|length %}{{ count }} line{% plural %}{{ count }} lines{% endblocktranslate %}
It's text (of the reader's language).
"""


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
@pytest.mark.parametrize(("code", "catalogues"), OWN_CATALOGUES)
def test_every_marked_string_is_in_its_catalogue(code: str, catalogues: str, language: str) -> None:
    known = ids(ROOT / catalogues / language / "LC_MESSAGES/django.po")
    missing = [f"{place}: {words}" for words, place in marked_in(ROOT / code).items() if words not in known]
    assert not missing, "\n".join(missing)


def test_marks_of_every_kind_are_found(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "models.py").write_text(PYTHON_WITH_MARKS, "utf-8")
    (tmp_path / "templates/page.html").write_text(TEMPLATE_WITH_MARKS, "utf-8")
    assert set(marked_in(tmp_path)) == {
        (None, "name of a field"),
        (None, "one sentence in two lines"),
        ("month", "may"),
        (None, "%(count)s page", "%(count)s pages"),
        ("review", "%(count)s vote", "%(count)s votes"),
        (None, "A heading"),
        ("aside", "A button"),
        (None, "100%% of it"),
        (None, "in a filter"),
        (None, "By %(who)s on a line of its own"),
        (None, "%(count)s line", "%(count)s lines"),
    }


def test_a_string_that_a_catalogue_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "forms.py").write_text('ERROR = _("Choose a day.")\nLABEL = pgettext("date", "Day")\n', "utf-8")
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Choose a day.", msgstr="Choisissez un jour."))
    catalogue.append(polib.POEntry(msgid="Day", msgstr="Jour"))
    catalogue.save(str(tmp_path / "django.po"))
    assert set(marked_in(tmp_path)) - ids(tmp_path / "django.po") == {("date", "Day")}


def ids(path: Path) -> set[Marked]:
    """As in `marked_in`; what is only kept commented out isn't there."""
    return {
        (entry.msgctxt, entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else []))
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


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
