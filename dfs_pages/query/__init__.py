"""What readers meet, as data: pages, the API and every other form of them ask the same functions.

Each takes the reader's language as a code, shows the source text where there is no translation, and needs the same
number of queries however long the lists are.
"""

from dfs_pages.query.catalogues import Catalogue, Family, Group, catalogue_overview, family_document
from dfs_pages.query.chapters import Document, Section, chapter_document
from dfs_pages.query.entries import Entry
from dfs_pages.query.front import HomeContents, glossary, home_contents, index_entries, menu
from dfs_pages.query.links import expand_links
from dfs_pages.query.matrix import Filters, Matrix
from dfs_pages.query.newer import mark_newer
from dfs_pages.query.overlay import Pair, Reader, source_language
from dfs_pages.query.statements import Context, breadcrumbs, is_draft_translation, statement_context
from dfs_pages.query.terms import Term

__all__ = [
    "Catalogue",
    "Context",
    "Document",
    "Entry",
    "Family",
    "Filters",
    "Group",
    "HomeContents",
    "Matrix",
    "Pair",
    "Reader",
    "Section",
    "Term",
    "breadcrumbs",
    "catalogue_overview",
    "chapter_document",
    "expand_links",
    "family_document",
    "glossary",
    "home_contents",
    "index_entries",
    "is_draft_translation",
    "mark_newer",
    "menu",
    "source_language",
    "statement_context",
]
