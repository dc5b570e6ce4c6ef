"""From pages to items, for a whole list at once: the number of queries doesn't depend on its length."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from dfs_pages.api.schemas import Values
from dfs_pages.models import CataloguePage, CatalogueTerm, ChapterPage, ThreatPage
from dfs_pages.query import Reader, expand_links
from dfs_pages.query.newer import every_field
from dfs_pages.query.overlay import Pair
from dfs_pages.query.statements import by_references, draft_translations
from dfs_workflow.query import page_url, permanent_url
from dfs_workflow.translation.query import Freshness

STEP = Page.steplen
SEPARATOR = "\x1e"


@dataclass
class Items:
    """Pages of one type as a reader of one language gets them, with what stands around them."""

    request: HttpRequest
    reader: Reader
    pairs: Sequence[Pair]

    @cached_property
    def drafts(self) -> set[int]:
        return draft_translations(pair.shown for pair in self.pairs)

    @cached_property
    def freshness(self) -> dict[int, Freshness]:
        return every_field(self.pairs)

    @cached_property
    def parents(self) -> dict[str, Any]:
        """By path, the chapters, threats and catalogues above, as they are shown."""
        paths = {path for pair in self.pairs for path in (pair.source.path[:-STEP], pair.source.path[: -2 * STEP])}
        return {
            pair.source.path: pair.shown
            for model in (ChapterPage, ThreatPage, CataloguePage)
            for pair in self.reader.overlay(model, Q(path__in=paths), also_restricted=True)
        }

    @cached_property
    def linked(self) -> dict[str, Values]:
        named = {reference for pair in self.pairs for reference in pair.source.related}
        entries = by_references(named, self.reader).values()
        return {e.reference: {"title": e.title, "url": self.absolute(e.url), "reference": e.reference} for e in entries}

    @cached_property
    def html(self) -> dict[tuple[int, str], str]:
        """Of every block of every page; the links of all of them are found in one query."""
        keys = [(pair.shown.pk, block.id) for pair in self.pairs for block in text_of(pair.shown)]
        raw = [block.render().strip() for pair in self.pairs for block in text_of(pair.shown)]
        return dict(zip(keys, expand_links(SEPARATOR.join(raw), self.reader).split(SEPARATOR), strict=bool(keys)))

    @cached_property
    def terms(self) -> dict[int, list[Any]]:
        """By catalogue."""
        rows = CatalogueTerm.objects.filter(catalogue__in=[pair.shown.pk for pair in self.pairs])
        found: dict[int, list[Any]] = {pair.shown.pk: [] for pair in self.pairs}
        for term in rows.order_by("sort_order", "pk"):
            found[term.catalogue_id].append(term)
        return found

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)

    def shown(self, page: Any) -> Values:
        code = page.locale.language_code
        fresh = self.freshness.get(page.pk, Freshness())
        return {
            "title": page.title,
            "url": self.absolute(page_url(page, self.reader.language)),
            "language": code,
            "is_fallback": code != self.reader.language,
            "is_draft_translation": page.live_revision_id in self.drafts,
            "fields": {
                name: {"translation_state": found.state, "source_changed_at": found.source_changed_at}
                for name, found in fresh.fields.items()
            },
            "source_texts": {name: str(getattr(fresh.source, name)) for name in fresh.newer},
            "published_at": page.last_published_at,
        }

    def cited(self, page: Any) -> Values:
        link = self.absolute(permanent_url(page.reference, self.reader.language))
        values = {"reference": page.reference, "permanent_link": link, "source_url": page.source_url}
        return {**self.shown(page), **values}

    def link(self, page: Any) -> Values:
        url = self.absolute(page_url(page, self.reader.language))
        return {"title": page.title, "url": url, "reference": getattr(page, "reference", "")}

    def related(self, page: Any) -> list[Values]:
        return [self.linked[reference] for reference in page.related if reference in self.linked]

    def blocks(self, page: Any) -> list[Values]:
        return [{"id": b.id, "type": b.block_type, "html": self.html[page.pk, b.id]} for b in text_of(page)]

    def recommendations(self) -> list[Values]:
        return [self.recommendation(pair) for pair in self.pairs]

    def recommendation(self, pair: Pair) -> Values:
        page = pair.shown
        names = ("statement", "audiences", "itu_number", "itu_number_basis", "source_item")
        return {
            **self.cited(page),
            **{name: getattr(page, name) for name in names},
            "detail": self.blocks(page),
            "chapter": self.link(self.parents[pair.source.path[:-STEP]]),
            "threats": [block.value for block in page.threats],
            "references": citations(page.references),
            "related": self.related(pair.source),
        }

    def controls(self) -> list[Values]:
        return [self.control(pair) for pair in self.pairs]

    def control(self, pair: Pair) -> Values:
        page, threat = pair.shown, self.parents[pair.source.path[:-STEP]]
        names = (
            *("statement", "reserved", "risk", "stakeholders", "dimensions", "audit_group", "audit_question"),
            *("unseen", "itu_number", "itu_number_basis", "gitbook_number", "note"),
        )
        risk = next((block.value for block in threat.risks if block.id == page.risk), None)
        return {
            **self.cited(page),
            **{name: getattr(page, name) for name in names},
            "detail": self.blocks(page),
            "catalogue": self.link(self.parents[pair.source.path[: -2 * STEP]]),
            "threat": self.link(threat),
            "risk_title": risk["title"] if risk else "",
            "outcomes": [dict(block.value) for block in page.outcomes],
            "references": citations(page.references),
            "related": self.related(pair.source),
        }

    def threats(self) -> list[Values]:
        return [self.threat(pair) for pair in self.pairs]

    def threat(self, pair: Pair) -> Values:
        page = pair.shown
        names = ("number", "code", "description", "affected", "report_section", "x1150_section", "note")
        return {
            **self.cited(page),
            **{name: getattr(page, name) for name in names},
            "catalogue": self.link(self.parents[pair.source.path[:-STEP]]),
            "risks": [risk_values(block) for block in page.risks],
        }

    def catalogues(self) -> list[Values]:
        return [self.catalogue(pair.shown) for pair in self.pairs]

    def catalogue(self, page: CataloguePage) -> Values:
        names = ("slug", "summary", "numbering", "source_url", "official_outcomes")
        return {
            **self.shown(page),
            **{name: getattr(page, name) for name in names},
            "body": self.blocks(page),
            "terms": self.terms[page.pk],
            "sources": [dict(block.value) for block in page.sources],
        }

    def page(self) -> Values:
        """Any page of this app, in the shape that all have in common."""
        page = self.pairs[0].shown
        reference = getattr(page, "reference", "")
        summaries = ("statement", "summary", "description", "lead")
        return {
            **self.shown(page),
            "kind": page._meta.model_name,
            "reference": reference,
            "permanent_link": self.absolute(permanent_url(reference, self.reader.language)) if reference else "",
            "summary": next((getattr(page, name) for name in summaries if getattr(page, name, "")), ""),
            "body": self.blocks(page),
            "source_url": getattr(page, "source_url", ""),
        }


def text_of(page: Any) -> Iterable[Any]:
    return getattr(page, "body", None) or getattr(page, "detail", None) or ()


def citations(stream: Iterable[Any]) -> list[Values]:
    return [{"text": block.value["text"], "url": block.value["url"]} for block in stream]


def risk_values(block: Any) -> Values:
    value = block.value
    return {
        "id": block.id,
        "title": value["title"],
        "stakeholders": value["stakeholders"],
        "vulnerabilities": [dict(item) for item in value["vulnerabilities"]],
        "note": value["note"],
    }
