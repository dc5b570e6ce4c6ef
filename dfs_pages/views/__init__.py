from dfs_pages.views.booklets import booklet, booklet_progress
from dfs_pages.views.history import history
from dfs_pages.views.mappings import framework, mapped_item, mappings
from dfs_pages.views.opinions import helpful
from dfs_pages.views.plain import feed, llms_txt, markdown_twin
from dfs_pages.views.reading import glossary, search, suggestions
from dfs_pages.views.spreadsheets import (
    glossary_spreadsheet,
    mapping_spreadsheet,
    search_spreadsheet,
    spreadsheet,
)
from dfs_pages.views.statements import edit_statements

__all__ = [
    "booklet",
    "booklet_progress",
    "edit_statements",
    "feed",
    "framework",
    "glossary",
    "helpful",
    "history",
    "llms_txt",
    "mapped_item",
    "mappings",
    "markdown_twin",
    "search",
    "glossary_spreadsheet",
    "mapping_spreadsheet",
    "search_spreadsheet",
    "spreadsheet",
    "suggestions",
]
