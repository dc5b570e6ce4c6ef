"""All public mappings as one OSCAL mapping collection. What is written here comes in again as it was."""

from collections import defaultdict
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from wagtail.models import Page

from dfs_pages import conf
from dfs_pages.exporters.oscal import NAMESPACE, control_id
from dfs_pages.models import CataloguePage, ControlMapping, ControlPage, Item
from dfs_workflow.models import PermanentReference
from dfs_workflow.query import page_url, public, reviewed_at

VERSION = "1.2.0"  # the first that has mapping collections
Values = dict[str, Any]


def mapping_collection(*, language: str) -> Values:
    rows = list(public(ControlMapping.objects.filter(locale__language_code=language)).order_by("pk"))
    places = Places(rows, language)
    groups: dict[tuple[str, str], list[ControlMapping]] = defaultdict(list)
    for row in rows:
        source, target = row.ends
        groups[places.resource(source), places.resource(target)].append(row)
    base = settings.WAGTAILADMIN_BASE_URL
    changed = max((row.last_published_at for row in rows if row.last_published_at), default=None)
    collection: Values = {
        "uuid": str(uuid5(NAMESPACE_URL, f"{base}/{language}/mappings/")),
        "metadata": {
            "title": "Mappings of the DFS Security Knowledge Platform",
            "last-modified": changed.replace(microsecond=0).isoformat() if changed else "1970-01-01T00:00:00+00:00",
            "version": changed.date().isoformat() if changed else "0",
            "oscal-version": VERSION,
            "links": [{"href": f"{base}/{language}/mappings/", "rel": "canonical"}],
        },
        "provenance": {
            "method": "human",
            "matching-rationale": "semantic",
            "status": "complete" if rows and all(map(reviewed_at, rows)) else "draft",
            "mapping-description": "Each entry relates one item to one other, read from the source to the target.",
        },
        "mappings": [
            {
                "uuid": str(uuid5(NAMESPACE_URL, f"{base}/{language}/mappings/{source} {target}")),
                "source-resource": places.described(source),
                "target-resource": places.described(target),
                "maps": [entry(row, places) for row in group],
            }
            for (source, target), group in sorted(groups.items())
        ],
    }
    return {"mapping-collection": collection}


class Places:
    """In which catalogue each statement of this site stands, and under which id an export of that knows it."""

    def __init__(self, rows: list[ControlMapping], language: str) -> None:
        named = {item.identifier for row in rows for item in row.ends if not item.framework}
        keys = dict(PermanentReference.objects.filter(pk__in=named).values_list("reference", "translation_key"))
        pages = Page.objects.filter(translation_key__in=keys.values(), locale__language_code=language)
        self.paths = dict(pages.values_list("translation_key", "path"))
        self.keys = keys
        controls = ControlPage.objects.filter(reference__in=named, locale__language_code=language)
        self.ids = {control.reference: control_id(control) for control in controls}
        catalogues = public(CataloguePage.objects.filter(locale__language_code=language))
        base = settings.WAGTAILADMIN_BASE_URL
        self.catalogues = {page.path: f"{base}{page_url(page, language)}" for page in catalogues}
        self.site = f"{base}/{language}/"

    def resource(self, item: Item) -> str:
        if item.framework:
            known = conf.frameworks().get(item.framework)
            return known.url if known else item.framework
        path = self.paths.get(self.keys.get(item.identifier), "")
        return next((url for place, url in self.catalogues.items() if path.startswith(place)), self.site)

    def described(self, address: str) -> Values:
        code = next((code for code, known in conf.frameworks().items() if known.url == address), "")
        props = [{"name": "framework", "ns": NAMESPACE, "value": code}] if code else []
        return {"type": "catalog", "href": address, **({"props": props} if props else {})}

    def item(self, item: Item, title: str) -> Values:
        """An id of OSCAL is one word; ours is beside it, as the two may differ."""
        own = self.ids.get(item.identifier, item.identifier.lower()) if not item.framework else item.identifier
        names = {"reference": item.identifier if not item.framework else "", "title": title}
        props = [{"name": name, "ns": NAMESPACE, "value": value} for name, value in names.items() if value]
        return {"type": "control", "id-ref": own, **({"props": props} if props else {})}


def entry(row: ControlMapping, places: Places) -> Values:
    source, target = row.ends
    return {
        "uuid": str(row.translation_key),
        "relationship": row.relation,
        "sources": [places.item(source, row.source_title)],
        "targets": [places.item(target, row.target_title)],
        "confidence-score": {"category": row.confidence},
        "props": [
            {"name": "author", "ns": NAMESPACE, "value": row.author},
            {"name": "mapped-on", "ns": NAMESPACE, "value": row.mapped_on.isoformat()},
        ],
        "remarks": row.rationale,
    }
