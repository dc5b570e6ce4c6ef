"""Links between pages that lead nowhere for readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from dfs_pages.models import ControlPage, RecommendationPage
from dfs_workflow.models import PermanentReference
from dfs_workflow.query import source_language


@dataclass(frozen=True)
class Fault:
    page: Any
    target: str


def internal_faults() -> Iterator[Fault]:
    """From what is live to what is not; with as many queries for many pages as for few."""
    live = {str(page.pk): page for page in Page.objects.filter(live=True)}
    titles = {str(pk): title for pk, title in Page.objects.values_list("pk", "title")}
    kind = ContentType.objects.get_for_model(Page)
    links = ReferenceIndex.objects.filter(base_content_type=kind, to_content_type=kind)
    for source, target in sorted(set(links.values_list("object_id", "to_object_id"))):
        if source in live and target not in live:
            yield Fault(live[source], titles.get(target, f"page {target}, which was deleted"))
    keys = dict(PermanentReference.objects.values_list("reference", "translation_key"))
    shown = {page.translation_key for page in live.values()}
    for model in (RecommendationPage, ControlPage):
        for page in model.objects.filter(live=True, locale__language_code=source_language()):
            for reference in page.related:
                if keys.get(reference) not in shown:
                    yield Fault(page, reference)
