"""Loads the shipped content: all or nothing, and a second run changes nothing."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from dfs_pages.importers import site_root
from dfs_pages.importers.chapters import chapter_node
from dfs_pages.importers.competences import competences_node
from dfs_pages.importers.framework import control_references, framework_node
from dfs_pages.importers.glossary import wanted_term
from dfs_pages.importers.mappings import wanted_mappings
from dfs_pages.importers.nodes import Node
from dfs_pages.importers.placing import Placing, walk
from dfs_pages.importers.plain_pages import HOME, site_nodes
from dfs_pages.importers.shelves import library_node, profile_node
from dfs_pages.importers.snippets import load_snippets
from dfs_pages.importers.source import Content, read_content
from dfs_pages.importers.translations import language_folder, load_translations
from dfs_pages.models import IndexPage, PlainPage
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.report import Report
from dfs_workflow.importers.stored import Stored, adopt, changes
from dfs_workflow.importers.tree import update_page
from dfs_workflow.models.own_reasons import CONTENT_LOADED
from dfs_workflow.query import source_language

FOLDER = Path(__file__).resolve().parent.parent / "content"


def load_content(
    *,
    by: Any = None,
    folder: Path = FOLDER,
    languages: Sequence[str] = (),
    dry_run: bool = False,
    advance: Callable[[int], Any] = lambda steps: None,
) -> Report:
    """Everything is read and checked before the first row is written; a dry run is undone at its end."""
    content = read_content(folder)
    for language in languages:
        language_folder(folder / "translations", language)
    report = Report()
    with transaction.atomic(), system_publication(reason=CONTENT_LOADED, by=by):
        load_source(content, report, advance, by)
        for language in languages:
            loaded = LoadedObjects(content)
            load_translations(folder / "translations", language, loaded.of, loaded.page_id, report, advance, by)
        if dry_run:
            transaction.set_rollback(True)
    return report


def number_of_steps(folder: Path = FOLDER, languages: Sequence[str] = ()) -> int:
    content = read_content(folder)
    files = Counter(node.file for node in walk(wanted_tree(content)))
    files["glossary.yaml"] = len(content.glossary.terms)
    files["mappings.yaml"] = len(content.mappings.mappings)
    translated = [f"{po.stem}.yaml" for code in languages for po in (folder / "translations" / code).glob("*.po")]
    return files.total() + sum(files[file] for file in translated)


class LoadedObjects:
    """What is in the database of each content file, in the source language."""

    def __init__(self, content: Content) -> None:
        self.locale = Locale.objects.get(language_code=source_language())
        self.nodes = list(walk(wanted_tree(content)))
        self.snippets: dict[str, list[Any]] = {
            "glossary": [wanted_term(entry, self.locale) for entry in content.glossary.terms],
            "mappings": list(wanted_mappings(content.mappings, self.locale)),
        }
        self.page_id = page_ids(self.locale).get

    def of(self, name: str) -> list[Any]:
        wanted: list[Any] = [node.page for node in self.nodes if node.file == f"{name}.yaml"]
        wanted = self.snippets.get(name, wanted)
        rows = Stored(wanted, self.locale).rows.values()
        return sorted((row for row in rows if row.live), key=lambda row: getattr(row, "path", ""))


def load_source(content: Content, report: Report, advance: Callable[[int], Any], by: Any) -> None:
    locale, _created = Locale.objects.get_or_create(language_code=source_language())
    tree = wanted_tree(content, page_ids(locale))
    stored = Stored([node.page for node in walk(tree)], locale)
    placing = Placing(stored, report, advance, by)
    load_home(tree, placing, locale)
    complete_links(content, set(report.created), locale, by)
    load_snippets([wanted_term(entry, locale) for entry in content.glossary.terms], locale, report, advance, by)
    load_snippets(wanted_mappings(content.mappings, locale), locale, report, advance, by)


def load_home(tree: Node, placing: Placing, locale: Locale) -> None:
    home = site_root.existing_home(locale)
    welcome = site_root.untouched_welcome_page()
    if home is not None:
        tree.page.translation_key, tree.page.slug = home.translation_key, home.slug
        placing.stored.rows[home.translation_key] = home
    else:
        if welcome is not None:
            site_root.give_way(welcome)
        tree.page.slug = site_root.free_slug(tree.page.slug)
        tree.page.locale = locale
    placed = placing.place(tree, Page.get_first_root_node())
    if placed is not None:
        placing.report.notes += site_root.adopt_sites(placed, welcome)


def wanted_tree(content: Content, ids: dict[str, int] | None = None) -> Node:
    references = control_references(content.framework)
    below = {
        "recommendations": [chapter_node(name, item, references) for name, item in content.chapters.items()],
        "controls": [
            framework_node(content.framework),
            competences_node(content.competences),
            *map(profile_node, content.profiles.profiles),
        ],
        HOME: [library_node(content.library)],
    }
    return site_nodes(content.pages, (ids or {}).get, below)


def page_ids(locale: Locale) -> dict[str, int]:
    """What a link of the form `page:about` leads to."""
    pages = Page.objects.type(IndexPage, PlainPage).filter(locale=locale)
    return dict(pages.values_list("slug", "pk"))


def complete_links(content: Content, created: set[str], locale: Locale, by: Any) -> None:
    """Pages that were created before the pages they link to exist now get those links."""
    nodes = [node for node in walk(site_nodes(content.pages, page_ids(locale).get, {})) if str(node.page) in created]
    stored = Stored([node.page for node in nodes], locale)
    for node in nodes:
        row = stored.get(node.page)
        if row is None:
            continue
        node.page.slug = row.slug
        if changes(row, node.page):
            adopt(row, node.page)
            update_page(row, by=by)
