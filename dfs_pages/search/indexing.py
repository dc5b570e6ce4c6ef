"""Writes the rows of the index: what is public has one, what is not has none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail.search import index

from dfs_pages.models import GlossaryTerm, IndexPage, SearchEntry, SearchWord
from dfs_pages.search import text
from dfs_workflow.models import is_governed
from dfs_workflow.query import public

BATCH = 500
# The sentence that says most about a page; it is shown below the title of a result.
LEADS = ("statement", "description", "summary", "lead", "definition", "search_description")
# Found by themselves, or shown nowhere.
LEFT_OUT = {"title", "term", "reference", "itu_number", "search_description", "seo_title", "slug"}
ALSO_READ = ("audit_question", "note")
SHORTEST_WORD = 3
# Blocks carry keys beside their texts.
KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")


def is_indexed(model: type[Model]) -> bool:
    return issubclass(model, Page | GlossaryTerm)


@transaction.atomic
def index_objects(objects: Sequence[Any]) -> int:
    """Pages of their own types and terms, public or not any more; one pass however many."""
    written = 0
    for start in range(0, len(objects), BATCH):
        batch = objects[start : start + BATCH]
        forget(batch)
        languages = dict(Locale.objects.values_list("pk", "language_code"))
        pages = [row for row in batch if isinstance(row, Page)]
        entries = [*page_entries(pages, languages), *term_entries(batch, languages)]
        SearchEntry.objects.bulk_create(entries, batch_size=50)
        learn_words(entries)
        written += len(entries)
    return written


def forget(objects: Iterable[Any]) -> None:
    objects = list(objects)
    pages = [row.pk for row in objects if isinstance(row, Page)]
    terms = [row.pk for row in objects if isinstance(row, GlossaryTerm)]
    SearchEntry.objects.filter(Q(page__in=pages) | Q(term__in=terms)).delete()


@transaction.atomic
def index_tree(top: Page) -> None:
    """After a change of access or a move; what is not public any more goes in one statement."""
    below = Page.objects.filter(path__startswith=top.path)
    SearchEntry.objects.filter(page__in=below).delete()
    numbers = list(public(below).order_by("path").values_list("pk", flat=True))
    for start in range(0, len(numbers), BATCH):
        index_objects(list(Page.objects.filter(pk__in=numbers[start : start + BATCH]).specific()))


def page_entries(pages: Sequence[Page], languages: Mapping[int, str]) -> Iterator[SearchEntry]:
    """Only governed pages: a foreign site's own pages have a search of their own."""
    ours = [page for page in pages if is_governed(page) and page.depth > 1]
    open_to_all = set(public(Page.objects.filter(pk__in=[page.pk for page in ours])).values_list("pk", flat=True))
    shown = [page for page in ours if page.pk in open_to_all]
    sections = sections_of(shown)
    for page in shown:
        yield entry_of(
            page, languages[page.locale_id], page_id=page.pk, section=sections.get(page.pk), number=number_of(page)
        )


def term_entries(objects: Iterable[Any], languages: Mapping[int, str]) -> Iterator[SearchEntry]:
    terms = [row for row in objects if isinstance(row, GlossaryTerm)]
    for term in public(GlossaryTerm.objects.filter(pk__in=[term.pk for term in terms])):
        yield entry_of(term, languages[term.locale_id], term_id=term.pk, section=None, number=term.acronym.upper())


def number_of(page: Any) -> str:
    """What the source calls it: C34, CA1."""
    return str(getattr(page, "itu_number", "") or getattr(page, "code", "")).upper()


def sections_of(pages: Sequence[Page]) -> dict[int, Any]:
    """The chapter, catalogue or other document a page stands in: what is directly in a list, or below the home page."""
    paths = {page.path[:end] for page in pages for end in (12, 16)}
    above = {row.path: row for row in Page.objects.filter(path__in=paths).select_related("content_type")}
    found = {}
    for page in pages:
        top, second = above.get(page.path[:12]), above.get(page.path[:16])
        section = second if top and issubclass(top.specific_class or Page, IndexPage) else top
        if section and section.depth > 2 and (section.pk != page.pk or section.numchild):
            found[page.pk] = section.translation_key
    return found


def entry_of(row: Any, language: str, **more: Any) -> SearchEntry:
    title = str(getattr(row, "term", "") or row.title)
    names = " ".join(filter(None, [title, getattr(row, "reference", ""), getattr(row, "acronym", ""), more["number"]]))
    field = next((name for name in LEADS if getattr(row, name, "")), "")
    lead = str(getattr(row, field)) if field else ""
    with override(language):  # names of choices are in the language of the text, whoever publishes it
        body = "\n".join(texts_of(row, leave_out={*LEFT_OUT, field}))
    addressed = (getattr(row, name, None) for name in ("stakeholders", "audiences", "affected"))
    codes = next((value for value in addressed if value and isinstance(value, list)), [])
    return SearchEntry(
        translation_key=row.translation_key,
        language=language,
        kind=row._meta.model_name,
        reference=getattr(row, "reference", ""),
        stakeholders=" ".join(sorted(set(codes))),
        title=title,
        lead=lead,
        body=body,
        scope=scope(language),
        terms_title=text.analyse(names, language),
        terms_lead=text.analyse(lead, language),
        terms_body=text.analyse(body, language),
        **more,
    )


def scope(language: str) -> str:
    """A word of its own in the index, by which one language is asked."""
    return f"in{language.replace('-', '')}"


def texts_of(row: Any, *, leave_out: set[str]) -> Iterator[str]:
    for field in row.get_searchable_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in leave_out:
            yield from flat(field.get_value(row))
    for name in ALSO_READ:
        if getattr(row, name, ""):
            yield str(getattr(row, name))


def flat(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for part in value:
            yield from flat(part)
    elif value and not KEY.fullmatch(str(value)):
        yield str(value)


def learn_words(entries: Iterable[SearchEntry]) -> None:
    """Only new ones; those of a text that is gone stay until the index is built again."""
    wanted: dict[str, set[tuple[str, str]]] = {}
    for entry in entries:
        found = wanted.setdefault(entry.language, set())
        for word in set(text.words(f"{entry.title} {entry.reference} {entry.number} {entry.lead} {entry.body}")):
            found.update(spellings(word, entry.language))
    for language, pairs in wanted.items():
        known: set[tuple[str, str]] = set()
        ordered = sorted(pairs)
        for start in range(0, len(ordered), BATCH):
            asked = {word for word, _term in ordered[start : start + BATCH]}
            rows = SearchWord.objects.filter(language=language, word__in=asked)
            known.update(rows.values_list("word", "term"))
        SearchWord.objects.bulk_create(
            [
                SearchWord(language=language, word=word, term=term)
                for word, term in ordered
                if (word, term) not in known
            ],
            ignore_conflicts=True,
            batch_size=BATCH,
        )


def spellings(word: str, language: str) -> Iterator[tuple[str, str]]:
    if text.is_han(word):
        yield from ((pair, pair) for pair in text.bigrams(word))
        return
    for part in text.PARTS.split(word):
        plain = text.fold(part)
        if len(plain) >= SHORTEST_WORD or not plain.isalpha():
            for term in text.forms(part, language):
                yield plain, term
    if text.PARTS.search(word):
        yield text.fold(text.PARTS.sub("", word)), text.joined(word, language)
