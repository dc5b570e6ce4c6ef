"""The first mention of each glossary term on a page is explained where it stands and leads to the glossary."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from django.core.cache import cache
from django.urls import reverse
from django.utils.html import escape

from dfs_pages.query.front import glossary
from dfs_pages.query.overlay import Reader
from dfs_workflow.query import content_version

KEPT_SECONDS = 3600
# Where running text stands, and what in it is left as it is: what is linked, marked up, cited, or in another language,
# and what the platform says itself.
TEXT = frozenset({"p", "li", "dd", "td", "blockquote"})
LEFT = frozenset(
    ["a", "abbr", "dfn", "bdi", "code", "pre", "nav", "button", "label", "th", "sup", "figcaption", "summary"]
)
LEFT_MARKS = re.compile(
    r"""\slang=|role="(?:note|status)"|class="[^"]*\b(?:stmt|cite|lead|note|eyebrow|ref|purl|chip|log)\b"""
)
EMPTY = frozenset({"br", "hr", "img", "input", "source", "wbr", "meta", "link"})
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")


class Form(NamedTuple):
    """A term or acronym as it is written in running text."""

    key: str
    is_acronym: bool
    title: str


def mark_mentions(html: str, reader: Reader, language: str) -> str:
    """`language` is that of the text, which is the source's where a page has no translation."""
    forms = glossary_forms(reader, language)
    if not forms:
        return html
    found = pattern(tuple(forms), language.startswith("zh"))
    marker = Marker(forms, found, reverse("dfs_pages:glossary"))
    parts, place = [], 0
    for tag in TAG.finditer(html):
        parts += [marker.text(html[place : tag.start()]), tag[0]]
        marker.see(tag)
        place = tag.end()
    return "".join([*parts, marker.text(html[place:])])


def glossary_forms(reader: Reader, language: str) -> dict[str, Form]:
    """Kept until the next publication; the longest first, so that “SIM swap” is found before “SIM”."""
    key = f"dfs_pages.terms:{content_version(reader.request)}:{language}"
    found: dict[str, Form] | None = cache.get(key)
    if found is None:
        found = forms_of(language)
        cache.set(key, found, KEPT_SECONDS)
    return found


def forms_of(language: str) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for term in glossary(language):
        if term.locale.language_code == language:
            forms.setdefault(term.term.casefold(), Form(term.key, False, term.definition))
        if term.acronym and term.acronym != term.term:
            forms[term.acronym] = Form(term.key, True, term.term)
    return dict(sorted(forms.items(), key=lambda item: -len(item[0])))


@lru_cache(maxsize=16)
def pattern(forms: tuple[str, ...], is_unspaced: bool) -> re.Pattern[str]:
    either = "|".join(re.escape(escape(form)) for form in forms)
    letters = re.ASCII if is_unspaced else re.NOFLAG  # 用IT系统 mentions IT, and “limit” doesn't
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE | letters)


class Marker:
    """Goes through a page from its start, and knows where it is."""

    def __init__(self, forms: Mapping[str, Form], found: re.Pattern[str], address: str) -> None:
        self.forms, self.found, self.address = forms, found, address
        self.open: list[tuple[str, bool, bool]] = []  # name, text stands in it, left as it is
        self.seen: set[str] = set()

    def see(self, tag: re.Match[str]) -> None:
        name = tag[2].lower()
        if tag[1]:
            names = [row[0] for row in self.open]
            if name in names:
                del self.open[len(names) - 1 - names[::-1].index(name) :]
        elif name not in EMPTY:
            _name, text, left = self.open[-1] if self.open else ("", False, False)
            is_left = name in LEFT or re.fullmatch("h[1-6]", name) or LEFT_MARKS.search(tag[3])
            self.open.append((name, text or name in TEXT, left or bool(is_left)))

    def text(self, words: str) -> str:
        if not self.open or not self.open[-1][1] or self.open[-1][2]:
            return words
        return self.found.sub(self.mention, words)

    def mention(self, match: re.Match[str]) -> str:
        form = self.forms.get(match[0]) or self.forms.get(match[0].casefold())
        if form is None or form.key in self.seen:
            return match[0]
        self.seen.add(form.key)
        name = "abbr" if form.is_acronym else "dfn"
        explained = f'<{name} title="{escape(form.title)}">{match[0]}</{name}>'
        return f'<a class="gl" href="{self.address}#{form.key}">{explained}</a>'
