"""Profiles of stakeholders and the library of reports and tools."""

from datetime import date

from dfs_pages.importers import schema
from dfs_pages.importers.markup import Blocks
from dfs_pages.importers.nodes import Node, node
from dfs_pages.models import LibraryEntryPage, LibraryPage, ProfilePage

PROFILES, LIBRARY = "profiles.yaml", "library.yaml"


def profile_node(profile: schema.Profile) -> Node:
    items = Blocks(f"{profile.slug}/items")
    for item in profile.items:
        items.add("control", {"reference": item.reference, "why": item.why})
    return node(
        ProfilePage,
        PROFILES,
        profile.slug,
        slug=profile.slug,
        title=profile.title,
        summary=profile.summary,
        stakeholder=profile.stakeholder,
        items=items.blocks,
    )


def library_node(library: schema.Library) -> Node:
    return node(
        LibraryPage,
        LIBRARY,
        library.slug,
        slug=library.slug,
        title=library.title,
        summary=library.summary,
        children=[entry_node(entry, date.fromisoformat(library.checked_on)) for entry in library.entries],
    )


def entry_node(entry: schema.LibraryEntry, checked_on: date) -> Node:
    return node(
        LibraryEntryPage,
        LIBRARY,
        entry.slug,
        slug=entry.slug,
        title=entry.title,
        kind=entry.kind,
        publisher=entry.publisher,
        purpose=entry.purpose,
        languages=list(entry.languages),
        licence=entry.licence,
        url=entry.url,
        checked_on=checked_on,
    )
