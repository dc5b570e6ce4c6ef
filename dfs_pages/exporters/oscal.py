"""A catalogue as OSCAL 1.2, with the words of today: what was imported comes back whole, what was written here is told.

Identities are stable: a catalogue's uuid and the ids of its controls are the same in each export.
"""

import copy
from typing import Any

from wagtail.models import Page

from dfs_pages.importers.oscal import words
from dfs_pages.models import CataloguePage, ControlPage, ThreatPage
from dfs_workflow.query import page_url, public

VERSION = "1.2.0"
NAMESPACE = "https://dfs-security.example/ns/oscal"
Values = dict[str, Any]


def oscal_catalog(page: CataloguePage, *, base: str = "") -> Values:
    """Only what is public."""
    families = list(public(ThreatPage.objects.child_of(page)).order_by("path"))
    controls = list(public(ControlPage.objects.descendant_of(page)).order_by("path"))
    stored = copy.deepcopy(page.oscal or {})
    metadata = {**stored.get("metadata", {}), "title": page.title, "oscal-version": VERSION}
    metadata.setdefault("version", "1")
    metadata["last-modified"] = changed_at([page, *families, *controls])
    if page.source_url and not metadata.get("links"):
        metadata["links"] = [{"href": page.source_url, "rel": "source"}]
    catalog: Values = {"uuid": stored.get("uuid") or str(page.translation_key), "metadata": metadata}
    for key in ("params",):
        if stored.get(key):
            catalog[key] = stored[key]
    catalog |= tree_of(families, controls, base)
    if stored.get("back-matter"):
        catalog["back-matter"] = stored["back-matter"]
    return {"catalog": catalog}


def changed_at(pages: list[Any]) -> str:
    return max(page.last_published_at for page in pages).replace(microsecond=0).isoformat()


def tree_of(families: list[ThreatPage], controls: list[ControlPage], base: str) -> Values:
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
        by_path[family.path] = groups[str(group.get("id") or group["title"])] = group
        groups.get(kept.get("within", ""), tops).setdefault("groups", []).append(group)
    known: dict[str, Values] = {}
    parameters: dict[str, str] = {}
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
        return {**copy.deepcopy(kept), "title": family.title}
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
    parameters |= words.parameters([values])
    if control.title.removesuffix(" …") not in str(values.get("title") or ""):
        values["title"] = control.title
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
    controls = public(ControlPage.objects.descendant_of(page))
    found = []
    for name, words_ in (("detail", "explanations"), ("outcomes", "outcomes"), ("note", "notes")):
        number = sum(bool(getattr(row, name)) and not row.oscal for row in controls)
        if number:
            found.append(f"{number} {words_} of controls written here")
    risks = sum(len(family.risks) for family in public(ThreatPage.objects.child_of(page)))
    return found + ([f"{risks} risks with their vulnerabilities"] if risks else [])


def find_catalogue(slug: str, language: str) -> CataloguePage | None:
    rows: list[Page] = list(public(CataloguePage.objects.filter(slug=slug, locale__language_code=language)))
    return rows[0] if rows else None  # type: ignore[return-value]
