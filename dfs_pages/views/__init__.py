from dfs_pages.views.reading import glossary, search, suggestions
from dfs_pages.views.statements import edit_statements

__all__ = ["edit_statements", "glossary", "search", "suggestions"]
