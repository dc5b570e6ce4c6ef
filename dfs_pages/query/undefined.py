"""Acronyms that the source uses and the glossary doesn't explain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import strip_tags

from dfs_pages.models import ChapterPage, ControlPage, GlossaryTerm, RecommendationPage, ThreatPage
from dfs_workflow.models.reference import REFERENCE
from dfs_workflow.query import source_language

ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]+(?:[/-][A-Z0-9]+)*(?![\w-])")
# A number of ITU such as C34, and words in capitals that are no acronyms.
NEVER = re.compile(r"C\d+|[IVX]+")
FIELDS = ("title", "statement", "summary", "description", "audit_question", "detail", "body", "risks")
PAGES_NAMED = 3


@dataclass
class Undefined:
    acronym: str
    count: int = 0
    pages: list[Any] = field(default_factory=list)


def undefined_acronyms() -> list[Undefined]:
    """The most frequent first, each with some of the pages that use it; drafts are not looked at."""
    known = known_words()
    found: dict[str, Undefined] = {}
    for page, text in texts():
        for acronym in ACRONYM.findall(text):
            if acronym in known or NEVER.fullmatch(acronym) or REFERENCE.fullmatch(acronym):
                continue
            entry = found.setdefault(acronym, Undefined(acronym))
            entry.count += 1
            if page not in entry.pages and len(entry.pages) < PAGES_NAMED:
                entry.pages.append(page)
    return sorted(found.values(), key=lambda entry: (-entry.count, entry.acronym))


def known_words() -> set[str]:
    """Every acronym of the glossary, also where it is only part of a term."""
    rows = GlossaryTerm.objects.filter(locale__language_code=source_language()).values_list("term", "acronym")
    return {word for term, acronym in rows for word in [*ACRONYM.findall(term), *ACRONYM.findall(acronym), acronym]}


def texts() -> Iterator[tuple[Any, str]]:
    for model in (ChapterPage, RecommendationPage, ThreatPage, ControlPage):
        for page in model.objects.filter(live=True, locale__language_code=source_language()):
            values = (getattr(page, name, "") for name in FIELDS)
            yield page, " ".join(strip_tags(str(value)) for value in values)
