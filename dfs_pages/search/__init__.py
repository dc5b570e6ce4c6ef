"""One search for readers, the API and whoever else asks, the same on SQLite and PostgreSQL.

Texts are analysed in Python when they are published (`text`, `indexing`) and found through the full-text index of the
database (`matching`); a question is read in every language (`question`, `words`), the best rows are put in order in
Python (`ranking`) and shown with the words that were found (`excerpts`).
"""

from dfs_pages.search.matching import Filters
from dfs_pages.search.service import Facet, Hit, Option, Results, find, find_many, suggest

__all__ = ["Facet", "Filters", "Hit", "Option", "Results", "find", "find_many", "suggest"]
