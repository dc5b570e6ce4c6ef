"""A catalogue as OSCAL 1.2, with the words of today: what was imported comes back whole, what was written here is told.

Identities are stable: a catalogue's uuid and the ids of its controls are the same in each export.
"""

import copy
from collections import Counter
from typing import Any

from wagtail.models import Page

from dfs_pages.importers.nodes import Node
from dfs_pages.importers.oscal import words
from dfs_pages.importers.oscal.load import Names, control_node, family_node
from dfs_pages.importers.oscal.source import own_id
from dfs_pages.models import CataloguePage, ControlPage, ThreatPage
from dfs_workflow.models.digest import differences
from dfs_workflow.query import page_url, public

VERSION = "1.2.0"
NAMESPACE = "https://dfs-security.example/ns/oscal"
NOT_GIVEN = {
    "description": "description of a family",
    "detail": "explanation of a control",
    "references": "references of a control",
    "related": "related controls of a control",
    "stakeholders": "stakeholders of a control",
    "dimensions": "dimensions of a control",
    "audit_question": "audit question of a control",
    "outcomes": "outcomes of a control",
    "note": "note of a control",
    "itu_number": "number of a control",
}
Values = dict[str, Any]


def oscal_catalog(page: CataloguePage, *, base: str = "") -> Values:
    """Only what is public."""
    families = list(public(ThreatPage.objects.child_of(page)).order_by("path"))
    controls = list(public(ControlPage.objects.descendant_of(page)).order_by("path"))
    stored = copy.deepcopy(page.oscal or {})
    metadata = {**stored.get("metadata", {}), "oscal-version": VERSION}
    metadata["title"] = title_of(metadata, page)
    metadata.setdefault("version", "1")
    metadata["last-modified"] = changed_at([page, *families, *controls])
    if page.source_url and not metadata.get("links"):
        metadata["links"] = [{"href": page.source_url, "rel": "source"}]
    catalog: Values = {"uuid": stored.get("uuid") or str(page.translation_key), "metadata": metadata}
    for key in ("params",):
        if stored.get(key):
            catalog[key] = stored[key]
    catalog |= tree_of(families, controls, all_parameters(page), base)
    if stored.get("back-matter"):
        catalog["back-matter"] = stored["back-matter"]
    return {"catalog": catalog}


def changed_at(pages: list[Any]) -> str:
    return max(page.last_published_at for page in pages).replace(microsecond=0).isoformat()


def all_parameters(page: CataloguePage) -> dict[str, str]:
    """Also those of controls that are not public: a statement that names them was not changed by that."""
    below = (ThreatPage.objects.child_of(page), ControlPage.objects.descendant_of(page))
    kept = [
        values.get("object", {}) for rows in below for values in rows.order_by("path").values_list("oscal", flat=True)
    ]
    return words.parameters([page.oscal, *kept])


def title_of(kept: Values, page: Page) -> str:
    """In full where it is still that of the source."""
    return str(kept["title"]) if words.title_of(kept) == page.title else page.title


def tree_of(families: list[ThreatPage], controls: list[ControlPage], parameters: dict[str, str], base: str) -> Values:
    """Groups and enhancements stand again where they stood in the source."""
    groups: dict[str, Values] = {}
    tops: Values = {"groups": [], "controls": []}
    by_path: dict[str, Values] = {}
    for family in families:
        kept = family.oscal or {}
        if kept.get("ungrouped"):
            by_path[family.path] = tops
            continue
        group = group_of(family)
        by_path[family.path] = groups[own_id(kept.get("object", group))] = group
        groups.get(kept.get("within", ""), tops).setdefault("groups", []).append(group)
    known: dict[str, Values] = {}
    ids = {control.reference: control_id(control) for control in controls}
    for control in controls:
        values = control_of(control, parameters, ids, base)
        known[values["id"]] = values
        place = known.get((control.oscal or {}).get("within", "")) or by_path.get(control.path[:-4], tops)
        place.setdefault("controls", []).append(values)
    return {key: rows for key, rows in tops.items() if rows}


def group_of(family: ThreatPage) -> Values:
    kept = (family.oscal or {}).get("object")
    if kept is not None:
        return {**copy.deepcopy(kept), "title": title_of(kept, family)}
    group: Values = {"id": family.reference.lower(), "class": "family", "title": family.title}
    if family.code:
        group["props"] = [{"name": "label", "value": family.code}]
    if family.description:
        group["parts"] = [{"name": "overview", "prose": family.description}]
    return group


def control_id(control: ControlPage) -> str:
    return str((control.oscal or {}).get("object", {}).get("id") or control.reference.lower())


def control_of(control: ControlPage, parameters: dict[str, str], ids: dict[str, str], base: str) -> Values:
    kept = (control.oscal or {}).get("object")
    if kept is None:
        return own_control(control, ids, base)
    values: Values = copy.deepcopy(kept)
    if values.get("title") or control.title != values["id"]:
        values["title"] = title_of(values, control)
    if control.statement != words.statement_of(values, parameters):
        others = [part for part in values.get("parts") or () if part.get("name") != "statement"]
        values["parts"] = [{"id": f"{values['id']}_smt", "name": "statement", "prose": control.statement}, *others]
    return values


def own_control(control: ControlPage, ids: dict[str, str], base: str) -> Values:
    own = control.reference.lower()
    props = [{"name": "label", "value": control.reference}]
    props += [{"name": "alt-identifier", "value": control.itu_number}] if control.itu_number else []
    for name, codes in (("stakeholder", control.stakeholders), ("dimension", control.dimensions)):
        props += [{"name": name, "ns": NAMESPACE, "value": code} for code in codes]
    links = [{"href": f"#{ids[reference]}", "rel": "related"} for reference in control.related if reference in ids]
    links.append({"href": f"{base}{page_url(control, control.locale.language_code)}", "rel": "canonical"})
    parts = [{"id": f"{own}_smt", "name": "statement", "prose": control.statement}] if control.statement else []
    if control.audit_question:
        parts.append({"id": f"{own}_obj", "name": "assessment-objective", "prose": control.audit_question})
    values: Values = {"id": own, "class": "control", "title": control.title, "props": props, "links": links}
    return {**values, "parts": parts} if parts else values


def not_kept(page: CataloguePage) -> list[str]:
    """What this site knows of a catalogue and OSCAL has no place for here."""
    controls = list(public(ControlPage.objects.descendant_of(page)))
    found = []
    for name, words_ in (("detail", "explanations"), ("outcomes", "outcomes"), ("note", "notes")):
        number = sum(bool(getattr(row, name)) and not row.oscal for row in controls)
        if number:
            found.append(f"{number} {words_} of controls written here")
    families = list(public(ThreatPage.objects.child_of(page)))
    risks = sum(len(family.risks) for family in families)
    if risks:
        found.append(f"{risks} risks with their vulnerabilities")
    changed = changed_here(page, families, controls)
    return found + [f"{number} × {name}, as changed here after the import" for name, number in sorted(changed.items())]


def changed_here(page: CataloguePage, families: list[ThreatPage], controls: list[ControlPage]) -> Counter[str]:
    """Of what was imported, the fields that an export gives as they were in the source."""
    names, known, cited = Names(page.reference_prefix), all_parameters(page), words.resources(page.oscal)
    imported: list[tuple[Any, Node]] = []
    for family in families:
        if kept := family.oscal.get("object"):
            imported.append((family, family_node("", kept, "", names, known)))
    for control in controls:
        if kept := control.oscal.get("object"):
            imported.append((control, control_node("", kept, "", names, cited, known)))
    return Counter(
        NOT_GIVEN[field] for row, source in imported for field in differences(row, source.page) if field in NOT_GIVEN
    )


def find_catalogue(slug: str, language: str) -> CataloguePage | None:
    rows: list[Page] = list(public(CataloguePage.objects.filter(slug=slug, locale__language_code=language)))
    return rows[0] if rows else None  # type: ignore[return-value]
