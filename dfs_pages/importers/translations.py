"""The shipped drafts of translations: one PO file for each content file and language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from wagtail.models import Locale
from wagtail_localize.strings import StringValue, extract_strings

from dfs_pages.importers.markup import PageId, inline
from dfs_workflow.importers.po_source import read_po
from dfs_workflow.importers.report import Report
from dfs_workflow.importers.translated_texts import Lookup
from dfs_workflow.importers.translations import apply_translations
from dfs_workflow.importers.yaml_source import SourceError


def language_folder(folder: Path, language: str) -> Path:
    if language not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        raise SourceError(language, "", "this is not one of the languages of this site")
    if not (folder / language).is_dir():
        raise SourceError(language, "", "there are no translations into this language")
    return folder / language


def load_translations(
    folder: Path,
    language: str,
    objects_of: Callable[[str], Sequence[Any]],
    page_id: PageId,
    report: Report,
    advance: Callable[[int], Any],
    by: Any,
) -> None:
    """`objects_of` gives what was loaded from a content file, in the order of the tree."""
    path = language_folder(folder, language)
    locale, _created = Locale.objects.get_or_create(language_code=language)
    for po_file in sorted(path.glob("*.po"), key=lambda file: (file.stem != "pages", file.name)):
        originals = objects_of(po_file.stem)
        if not originals:
            raise SourceError(f"{language}/{po_file.name}", "", "there is no content file of this name")
        texts = dict(read_texts(po_file, f"{language}/{po_file.name}", page_id, report))
        apply_translations(originals, locale, in_any_place(texts), report, advance=advance, by=by)


def in_any_place(texts: Mapping[str, str]) -> Lookup:
    return lambda original, path, text: texts.get(text)


def read_texts(po_file: Path, name: str, page_id: PageId, report: Report) -> Iterator[tuple[str, str]]:
    """Each text as plain text and as rich text, as it isn't known here in which kind of field it stands."""
    for entry in read_file(po_file, name):
        if not entry.msgstr.strip() or entry.obsolete or "fuzzy" in entry.flags:
            continue
        yield StringValue.from_plaintext(entry.msgid).data, StringValue.from_plaintext(entry.msgstr).data
        rich = rich_pair(entry.msgid, entry.msgstr, page_id)
        if rich is None:
            report.notes.append(f"not used, its links differ from those of the source: {name}, line {entry.linenum}")
        else:
            yield rich


def read_file(po_file: Path, name: str) -> polib.POFile:
    try:
        return read_po(name, po_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(name, "", "the file is not readable as UTF-8 text") from error


def rich_pair(source: str, translation: str, page_id: PageId) -> tuple[str, str] | None:
    """The two as wagtail-localize stores paragraphs: a link is a numbered placeholder, numbered as in the source."""
    original, original_links = only_string(source, page_id)
    translated, links = only_string(translation, page_id)
    names = {str(target): name for name, target in original_links.items()}
    if sorted(map(str, links.values())) != sorted(map(str, original_links.values())):
        return None
    for name, target in links.items():
        translated = translated.replace(f'id="{name}"', f'id="-{names[str(target)]}"')
    return original, translated.replace('id="-', 'id="')


def only_string(text: str, page_id: PageId) -> tuple[str, dict[str, Any]]:
    _template, strings = extract_strings(f"<p>{inline(text, page_id)}</p>")
    return (strings[0][0].data, strings[0][1] or {}) if strings else ("", {})
