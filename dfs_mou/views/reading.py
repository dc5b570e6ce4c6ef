"""A template, a clause or a group of questions as readers meet it: numbers, sample texts and conditions in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dfs_mou import query
from dfs_mou.documents.clauses import Condition
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.labels import labels_in
from dfs_mou.documents.numbering import child_label
from dfs_mou.exporters.conditions import condition_of
from dfs_mou.exporters.editions import edition_of
from dfs_mou.importers.sample_text import numbers
from dfs_mou.models import ClausePage, MouTemplatePage, QuestionGroupPage
from dfs_mou.models.clause_page import Section
from dfs_mou.rich_text import runs_of
from dfs_mou.views.words import Words
from dfs_workflow.query import page_url, permanent_url, source_language
from dfs_workflow.translation.query import Freshness, normative_fields, stale_fields


@dataclass(frozen=True)
class Entry:
    """A clause in a list. `language`: that of its title, where it is not the reader's."""

    reference: str
    title: str
    url: str
    number: str
    language: str
    kind: str = ""
    condition: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Part:
    label: str
    key: str
    title: str
    paragraphs: tuple[SafeString, ...]
    kind: str
    alternatives: str
    condition: str
    guidance: str
    itu_reference: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Newer:
    """The wording of the source where the translation is still that of an earlier one."""

    language: str
    title: str
    paragraphs: tuple[SafeString, ...]
    parts: tuple[Part, ...]
    changed_at: datetime | None


@dataclass(frozen=True)
class ClauseReading:
    number: str
    paragraphs: tuple[SafeString, ...]
    kind: str
    condition: str
    requires: tuple[Entry, ...]
    parts: tuple[Part, ...]
    template: Entry | None
    clauses: list[Entry] = field(default_factory=list)
    previous: Entry | None = None
    following: Entry | None = None
    newer: Newer | None = None


@dataclass(frozen=True)
class TemplateReading:
    clauses: list[Entry]
    annexes: list[Entry]
    groups: list[Entry]
    version: str


@lru_cache(16)
def _words(key: int, sha256: str, language: str) -> tuple[Words, dict[str, tuple[str, str]]]:
    """Editions never change, so what they say in one language is worked out once."""
    edition = edition_of(key, sha256)[1]
    words = Words(edition, language)
    return words, numbers(edition.to_json(), words.language)


class Reader:
    def __init__(self, template: MouTemplatePage | None, language: str, request: HttpRequest | None = None) -> None:
        self.template = template
        self.language = language
        key = query.current_edition_key(template.template_key) if template else None
        self.words, self.numbers = _words(*key, language) if key else (None, {})
        self.pages = query.clauses_in(language, template, request) if template else []
        self.references = {page.key: page.reference for page in self.pages}

    @property
    def edition(self) -> Edition | None:
        return self.words.edition if self.words else None

    def entry(self, page: ClausePage, current: ClausePage | None = None) -> Entry:
        code = page.locale.language_code
        return Entry(
            reference=page.reference,
            title=page.title,
            url=permanent_url(page.reference, self.language),
            number=self.numbers.get(page.key, ("", ""))[0],
            language="" if code == self.language else code,
            kind=kind_name(page.kind),
            condition=self.condition(page.condition),
            is_current=current is not None and page.translation_key == current.translation_key,
        )

    def condition(self, rows: Iterable[Any]) -> str:
        """In words; nothing where the condition names a question that no edition has yet."""
        if self.words is None or self.edition is None:
            return ""
        types = {variable.name: variable.type for variable in self.edition.variables}
        data = condition_of(rows, types)
        if data is None:
            return ""
        condition = Condition.from_json(data, "")
        if any(test.var not in types for test in condition.tests()):
            return ""
        return _("Printed only if %(condition)s.") % {"condition": self.words.condition(condition)}

    def paragraphs(self, html: str) -> tuple[SafeString, ...]:
        return tuple(mark_safe("".join(self._run(run) for run in rows)) for rows in runs_of(html))  # noqa: S308  escaped run by run

    def _run(self, run: Mapping[str, Any]) -> str:
        if "break" in run:
            return "<br>"
        if "text" in run:
            text = escape(run["text"], quote=False)
            return f"<strong>{text}</strong>" if run.get("bold") else text
        if "var" in run:
            return self._variable(run["var"])
        text = self.numbers.get(run["ref"], ("", run["ref"]))[1]
        reference = self.references.get(run["ref"])
        if reference is None:
            return escape(text)
        return f'<a href="{escape(permanent_url(reference, self.language))}">{escape(text)}</a>'

    def _variable(self, name: str) -> str:
        if self.words is None or name not in self.words.edition.by_name:
            return f"<mark>{escape(name)}</mark>"
        label = escape(self.words.label(name))
        return f'<mark title="{label}">{escape(self.words.sample.printed(name))}</mark>'

    def parts(self, blocks: Iterable[Any], style: str, prefix: str, language: str) -> tuple[Part, ...]:
        labels = labels_in(language)
        return tuple(
            self._part(block.value, child_label(style, index, prefix, labels), style, language)
            for index, block in enumerate(blocks)
        )

    def _part(self, value: Mapping[str, Any], label: str, style: str, language: str) -> Part:
        below = value.get("clauses") or ()
        inner = label.strip("().") if style == "decimal" else ""
        return Part(
            label=label,
            key=value["key"],
            title=value["title"],
            paragraphs=self.paragraphs(value["body"].source),
            kind=kind_name(value["kind"]),
            alternatives=value["alternatives_group"],
            condition=self.condition(value["condition"]),
            guidance=value["guidance"],
            itu_reference=value["itu_reference"],
            parts=self.parts(below, value.get("numbering", ""), inner, language),
        )


def kind_name(kind: str) -> str:
    return {"optional": _("Optional"), "alternative": _("One of several alternatives")}.get(kind, "")


def clause_reading(page: ClausePage, language: str, request: HttpRequest | None = None) -> ClauseReading:
    reader = Reader(query.source_template(page, request), language, request)
    entries = [reader.entry(row, page) for row in reader.pages]
    place = next((index for index, entry in enumerate(entries) if entry.is_current), None)
    wanted = set(page.requires.split())
    number, reference = reader.numbers.get(page.key, ("", ""))
    return ClauseReading(
        number=capfirst(reference) if number else "",
        paragraphs=reader.paragraphs(page.body),
        kind=kind_name(page.kind),
        condition=reader.condition(page.condition),
        requires=tuple(entry for row, entry in zip(reader.pages, entries, strict=True) if row.key in wanted),
        parts=reader.parts(page.clauses, page.numbering, number, page.locale.language_code),
        template=template_entry(reader, language),
        clauses=entries,
        previous=entries[place - 1] if place else None,
        following=entries[place + 1] if place is not None and place + 1 < len(entries) else None,
        newer=newer_wording(page, reader, number, request),
    )


def newer_wording(page: ClausePage, reader: Reader, number: str, request: HttpRequest | None) -> Newer | None:
    if page.locale.language_code == source_language():
        return None
    fields = stale_fields(reader.language).get(page.translation_key, {})
    outdated = Freshness(fields, normative_fields(page)).newer
    source = query.source_of(page, request)
    if not outdated or source is None:
        return None
    dates = [found.source_changed_at for found in outdated.values() if found.source_changed_at]
    return Newer(
        language=source_language(),
        title=source.title,
        paragraphs=reader.paragraphs(source.body),
        parts=reader.parts(source.clauses, source.numbering, number, source_language()),
        changed_at=max(dates, default=None),
    )


def template_entry(reader: Reader, language: str) -> Entry | None:
    if reader.template is None:
        return None
    page = query.in_language(reader.template, language)
    code = page.locale.language_code
    return Entry("", page.title, page_url(page, language), "", "" if code == language else code)


def template_reading(page: MouTemplatePage, language: str, request: HttpRequest | None = None) -> TemplateReading:
    source = query.source_template(page, request)
    reader = Reader(source, language, request)
    rows = [(row, reader.entry(row)) for row in reader.pages]
    groups = query.groups_in(language, source, request) if source else []
    return TemplateReading(
        clauses=[entry for row, entry in rows if row.section == Section.CLAUSE],
        annexes=[entry for row, entry in rows if row.section == Section.ANNEX],
        groups=[
            Entry("", group.title, page_url(group, language), str(len(group.variables)), _other(group, language))
            for group in groups
        ],
        version=page.version,
    )


def _other(page: MouTemplatePage | QuestionGroupPage, language: str) -> str:
    code = page.locale.language_code
    return "" if code == language else code


def template_of(page: QuestionGroupPage, language: str) -> Entry | None:
    source = query.source_template(page)
    if source is None:
        return None
    shown = query.in_language(source, language)
    return Entry("", shown.title, page_url(shown, language), "", _other(shown, language))
