"""Imports an OSCAL catalog: groups become families, controls and enhancements their items, in one transaction.

The object of the file is kept beside the words that readers see, so that an export gives everything back.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any

from django.db import transaction
from wagtail.models import Page

from dfs_pages.importers.markup import Blocks
from dfs_pages.importers.nodes import Node, node
from dfs_pages.importers.oscal import words
from dfs_pages.importers.oscal.source import UNGROUPED, Values, own_id, read_catalog, walk
from dfs_pages.importers.placing import Placing, spec
from dfs_pages.models import CataloguePage, ControlPage, IndexPage, ThreatPage
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.report import Report
from dfs_workflow.importers.stored import Stored
from dfs_workflow.importers.tree import create_pages
from dfs_workflow.importers.yaml_source import SourceError

# An id of OSCAL: it begins with a letter.
TOKEN = re.compile(r"[^\W\d][\w.-]*")


@dataclass(frozen=True)
class Names:
    """References and identities begin with a prefix that is the same for each edition of a catalog."""

    prefix: str

    def reference(self, own: str) -> str:
        return f"{self.prefix}-{re.sub(r'[^A-Z0-9]+', '-', own.upper()).strip('-')}"[:40].strip("-")

    def identity(self, own: str) -> str:
        return f"oscal/{self.prefix}/{own}"


def import_oscal(
    path: Path, *, parent: Page, prefix: str = "", slug: str = "", dry_run: bool = False, by: Any = None
) -> Report:
    catalog = read_catalog(path)
    names = Names(checked(prefix or default_prefix(catalog), path.name))
    tree = catalogue_node(path.name, catalog, names, slug)
    report = Report()
    title = catalog["metadata"]["title"]
    with transaction.atomic(), system_publication(reason=f"Import of the OSCAL catalog “{title}”", by=by):
        place(tree, parent, report, by)
        if dry_run:
            transaction.set_rollback(True)
    report.notes += notes(catalog, path.name)
    return report


def place(tree: Node, parent: Page, report: Report, by: Any) -> None:
    """All at once where the catalog is new; else page by page, sparing what editors changed."""
    pages = list(nodes_of(tree))
    stored = Stored([row.page for row in pages], parent.locale)
    if stored.rows or any(stored.was_deleted(row.page) for row in pages[:1]):
        Placing(stored, report, lambda steps: None, by).place(tree, parent)
        return
    create_pages(parent, [spec(tree)], by=by)
    report.created += [str(row.page) for row in pages]


def nodes_of(tree: Node) -> list[Node]:
    return [tree, *(row for child in tree.children for row in nodes_of(child))]


def default_prefix(catalog: Values) -> str:
    first = re.findall(r"[A-Za-z][A-Za-z0-9]*", str(catalog["metadata"]["title"]))
    return first[0].upper()[:12] if first else "OSCAL"


def checked(prefix: str, name: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9-]{0,15}", prefix):
        raise SourceError(name, "prefix", "write capital letters and digits, as in NIST")
    return prefix


def catalogue_node(file: str, catalog: Values, names: Names, slug: str) -> Node:
    metadata = catalog["metadata"]
    rest = {key: value for key, value in catalog.items() if key not in ("groups", "controls")}
    return node(
        CataloguePage,
        file,
        names.identity(""),
        slug=slug or f"{names.prefix.lower()}-catalogue",
        title=words.title_of(metadata),
        summary=" ".join(str(metadata.get("remarks") or "").split()),
        reference_prefix=names.prefix,
        oscal=rest,
        children=families(file, catalog, names),
    )


def families(file: str, catalog: Values, names: Names) -> list[Node]:
    """Groups within groups become families beside each other; where each stood is kept."""
    cited = words.resources(catalog)
    rows = list(walk(file, catalog))
    known = words.parameters([catalog, *(values for _kind, values, _within in rows)])
    found: dict[str, Node] = {}
    home: dict[str, str] = {}  # the family of each control, by id
    for kind, values, within in rows:
        own = own_id(values)
        if kind == "group":
            found[own] = family_node(file, values, within, names, known)
            home[own] = own
            continue
        family = home.get(within, UNGROUPED)
        home[own] = family
        if family not in found:
            found[family] = family_node(file, {"id": UNGROUPED, "title": "Controls"}, "", names, known)
            found[family].page.oscal = {"ungrouped": True}
        found[family].children.append(control_node(file, values, within, names, cited, known))
    return list(found.values())


def family_node(file: str, group: Values, within: str, names: Names, known: dict[str, str]) -> Node:
    own = own_id(group)
    rest = {key: value for key, value in group.items() if key not in ("groups", "controls")}
    lines = [line for part in group.get("parts") or () for line in words.part_lines(part, known)]
    reference = names.reference(own)
    return node(
        ThreatPage,
        file,
        names.identity(own),
        reference=reference,
        slug=reference.lower(),
        code=own.upper()[:40],
        title=words.title_of(group, own),
        description="\n".join(lines),
        oscal={"object": rest, "within": within},
    )


def control_node(
    file: str, control: Values, within: str, names: Names, cited: dict[str, tuple[str, str]], known: dict[str, str]
) -> Node:
    own = own_id(control)
    rest = {key: value for key, value in control.items() if key != "controls"}
    statement = words.statement_of(control, known)
    reference = names.reference(own)
    return node(
        ControlPage,
        file,
        names.identity(own),
        reference=reference,
        slug=reference.lower(),
        title=words.title_of(control, own),
        statement=statement,
        reserved=not statement,
        note="Withdrawn in the source." if words.is_withdrawn(control) else "",
        detail=detail(reference, control, known),
        references=references(reference, control, cited),
        related=related(control, names),
        itu_number=words.label_of(control)[:40],
        oscal={"object": rest, "within": within},
    )


def detail(owner: str, control: Values, known: dict[str, str]) -> list[Values]:
    blocks = Blocks(f"{owner}/detail")
    for title, lines in words.other_parts(control, known):
        blocks.add("paragraph", f"<p><b>{words.html(title)[3:-4]}</b></p>")
        for line in lines:
            blocks.add("paragraph", words.html(line))
    return blocks.blocks


def references(owner: str, control: Values, cited: dict[str, tuple[str, str]]) -> list[Values]:
    blocks = Blocks(f"{owner}/references")
    for link in control.get("links") or ():
        text, url = cited.get(str(link.get("href") or "").lstrip("#"), ("", ""))
        if text:
            blocks.add("reference", {"text": shorten(text, 500, placeholder=" …"), "url": url})
    return blocks.blocks


def related(control: Values, names: Names) -> list[str]:
    """Links to controls of the same catalog, by our references."""
    targets = [
        str(link.get("href"))[1:]
        for link in control.get("links") or ()
        if str(link.get("href") or "").startswith("#")
        and link.get("rel") in ("related", "required", "incorporated-into")
    ]
    return list(dict.fromkeys(names.reference(target) for target in targets if not re.match(r"[0-9a-f]{8}-", target)))


def notes(catalog: Values, file: str) -> list[str]:
    """What is kept for the export and not shown to readers, or not as the schema of OSCAL has it."""
    hidden: dict[str, int] = {}
    odd = []
    for _kind, values, _within in walk(file, catalog):
        if values.get("id") and not TOKEN.fullmatch(values["id"]):
            odd.append(values["id"])
        for part in values.get("parts") or ():
            name = str(part.get("name") or "")
            if any(word in name for word in words.NOT_SHOWN):
                hidden[name] = hidden.get(name, 0) + 1
    found = [f"kept for the export, not shown: {number} parts “{name}”" for name, number in sorted(hidden.items())]
    if odd:
        found.append(
            f"kept as in the source, though OSCAL's schema refuses it, so an export isn't valid either: {len(odd)} ids "
            f"such as “{odd[0][:40]}”"
        )
    return found


def catalogue_parent(path: str, language: str) -> Page:
    """A list of catalogues, by its slug; the list of controls if none is named."""
    lists = IndexPage.objects.filter(locale__language_code=language, live=True)
    found = lists.filter(slug=path.strip("/") or "controls").first()
    if found is None:
        raise SourceError(path or "controls", "", f"there is no such list of catalogues in the language “{language}”")
    return found
