"""The readers' index as a search backend of Wagtail, so that imports and `update_index` fill it too.

Set it beside the usual one: `WAGTAILSEARCH_BACKENDS = {…, "readers": {"BACKEND": "dfs_pages.search.backend"}}`.
Publications don't wait for it: they write their rows in their own transaction (`dfs_pages/receivers.py`).
"""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page
from wagtail.search.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    EmptySearchResults,
)

from dfs_pages.models import SearchEntry, SearchWord
from dfs_pages.search import indexing


class ReadersIndex(BaseIndex):  # type: ignore[misc]
    def reset(self) -> None:
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()

    def add_items(self, model: Any, items: Iterable[Any]) -> None:
        """A page comes once as itself and once as a page; the second time is not needed."""
        if indexing.is_indexed(model) and model is not Page:
            indexing.index_objects(list(items))

    def delete_item(self, item: Any) -> None:
        if indexing.is_indexed(type(item)):
            indexing.forget([item])


class Rebuilder:
    def __init__(self, index: ReadersIndex) -> None:
        self.index = index

    def start(self) -> ReadersIndex:
        self.index.reset()
        return self.index

    def finish(self) -> None:
        """Everything is in place already."""


class SearchBackend(BaseSearchBackend):  # type: ignore[misc]
    """Asked through `dfs_pages.search.find` only: Wagtail's own search stays with the default backend."""

    index_class = ReadersIndex
    rebuilder_class = Rebuilder
    query_compiler_class = BaseSearchQueryCompiler
    autocomplete_query_compiler_class = BaseSearchQueryCompiler
    results_class = EmptySearchResults
    catch_indexing_errors = False
