"""PO files of the shipped content, made or completed: what a translator of a language still has to write."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from wagtail.models import Locale
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue
from wagtail_localize.strings import StringValue

from dfs_pages.importers.content import wanted_tree
from dfs_pages.importers.glossary import wanted_term
from dfs_pages.importers.mappings import wanted_mappings
from dfs_pages.importers.placing import walk
from dfs_pages.importers.source import Content
from dfs_pages.importers.translations import read_file, rich_pair
from dfs_workflow.query import source_language

HEADER = """Draft translation, not yet reviewed. Not an official ITU text.
Licence: CC BY-NC-SA 4.0; see LICENSE-CONTENT.md."""
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=n > 1;",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "zh-hans": "nplurals=1; plural=0;",
}
LINK = re.compile(r'<a id="(a\d+)">(.*?)</a>')
Message = tuple[str, str]  # where it stands, and the text


class SourceTexts:
    """The texts of every content file as its PO file names them; nothing has to be loaded."""

    def __init__(self, content: Content) -> None:
        listed = [*content.pages.indexes, *content.pages.pages]
        self.ids = {page.slug: number for number, page in enumerate(listed, start=1)}
        self.slugs = {str(number): slug for slug, number in self.ids.items()}
        locale = Locale(language_code=source_language())
        self.objects: dict[str, list[Any]] = {}
        for node in walk(wanted_tree(content, self.ids)):
            self.objects.setdefault(Path(node.file).stem, []).append(node.page)
        self.objects["glossary"] = [wanted_term(entry, locale) for entry in content.glossary.terms]
        self.objects["mappings"] = list(wanted_mappings(content.mappings, locale))

    def of(self, stem: str) -> list[Message]:
        """In the order of the content file, each text once."""
        messages: dict[str, str] = {}
        for original in self.objects[stem]:
            for segment in extract_segments(original):
                if isinstance(segment, StringSegmentValue):
                    messages.setdefault(self.written(segment), f"{name(original)} {segment.path.split('.')[0]}")
        return [(place, text) for text, place in messages.items()]

    def written(self, segment: StringSegmentValue) -> str:
        """The text as a content file has it: the reverse of `markup.inline`."""

        def link(match: re.Match[str]) -> str:
            attributes = segment.attrs[match[1]]
            target = attributes.get("href") or f"page:{self.slugs[attributes['id']]}"
            return f"[{match[2]}]({target})"

        marked = LINK.sub(link, segment.string.data).replace("<b>", "**").replace("</b>", "**")
        return str(StringValue(marked).render_text())

    def missing(self, stem: str, known: polib.POFile) -> Iterator[Message]:
        """A text that an entry already gives, as plain text or with its links, isn't asked for again."""
        given = {form for entry in known if not entry.obsolete for form in self.forms(entry.msgid)}
        return (message for message in self.of(stem) if given.isdisjoint(self.forms(message[1])))

    def forms(self, text: str) -> set[str]:
        rich = rich_pair(text, text, self.ids.get)
        return {StringValue.from_plaintext(text).data, rich[0] if rich else text}


def name(original: Any) -> str:
    names = (getattr(original, field, "") for field in ("reference", "key", "slug"))
    return next(filter(None, names), str(original))


def complete_po(path: Path, language: str, stem: str, texts: SourceTexts) -> int:
    """Adds what is missing, each behind the text that it follows in the source; returns how many were added."""
    po = read_file(path, path.name) if path.exists() else empty_po(language)
    missing = {text: place for place, text in texts.missing(stem, po)}
    position = 0
    for _place, text in texts.of(stem):
        if text in missing:
            po.insert(position, polib.POEntry(msgid=text, comment=missing[text]))
        entry = po.find(text)
        if entry is not None:
            position = po.index(entry) + 1
    if missing:
        po.wrapwidth = 110
        path.parent.mkdir(parents=True, exist_ok=True)
        po.save(str(path))
    return len(missing)


def empty_po(language: str) -> polib.POFile:
    po = polib.POFile(wrapwidth=110)
    po.header = HEADER
    po.metadata = {
        "Project-Id-Version": "DFS Security Knowledge Platform content",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **({"Plural-Forms": PLURALS[language]} if language in PLURALS else {}),
        "X-Provenance": "draft",
    }
    return po
