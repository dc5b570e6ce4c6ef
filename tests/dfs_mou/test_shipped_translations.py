"""Every shipped translation of the model MOU is complete and keeps the chips, numbers and labels of its source."""

import re
from collections import Counter
from functools import lru_cache

import polib
import pytest
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

from dfs_mou.importers.template_files import TEMPLATES, introductions, read_template, template_files, translation_files
from dfs_mou.importers.template_pages import TemplatePages
from dfs_mou.importers.translated_pages import read_strings
from dfs_mou.importers.translation_po import pages_of

CHIP = re.compile(r'<a id="(a\d+)">')
LABEL = re.compile(r"TLP:[A-Z+]+")


TRANSLATIONS = [
    pytest.param(stem, path, id=f"{stem} {language}")
    for stem in TEMPLATES
    for language, path in translation_files(stem=stem).items()
]


@lru_cache(2)
def source_texts(stem):
    """Place and text of all that has to be translated."""
    files = template_files(stem=stem)
    data = read_template(files)
    pages = pages_of(TemplatePages(data, data["languages"][0], introductions(files)["en"]))
    return [
        (f"{page.slug}/{segment.path}", segment.string.data)
        for page in pages
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("stem", "path"), TRANSLATIONS)
def test_every_text_has_a_translation_with_the_same_chips_and_labels(stem, path):
    strings = read_strings(path.name, path.read_text(encoding="utf-8"))
    missing, changed = [], []
    for place, text in source_texts(stem):
        translated = strings.get((place, text)) or strings.get((None, text))
        if not translated:
            missing.append(text)
        elif any(Counter(rule.findall(text)) != Counter(rule.findall(translated)) for rule in (CHIP, LABEL)):
            changed.append(text)
    assert missing == []
    assert changed == []


@pytest.mark.parametrize(("stem", "path"), TRANSLATIONS)
def test_a_translation_says_that_it_is_a_draft(stem, path):
    po = polib.pofile(str(path))
    assert "Not an official ITU text." in po.header
    assert po.metadata["X-Provenance"] == "draft"
    assert po.fuzzy_entries() == po.untranslated_entries() == []
