"""The labelled questions of `search_queries.csv`: is a right answer among the first three?

A question is asked only where a right answer is loaded in the language it needs. `python -m benchmarks.search_quality`
prints what is not found on whatever database is configured; a test asks the same.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

QUERIES = Path(__file__).with_name("search_queries.csv")
TOP = 3


@dataclass(frozen=True)
class Asked:
    language: str
    query: str
    expected: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return not set(self.expected).isdisjoint(self.found)


def ask_all() -> Iterator[Asked]:
    from dfs_pages.search import find

    loaded = {language: set(names(language)) for language in languages()}
    with QUERIES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            expected = tuple(row["expected"].split())
            if loaded.get(row["text"], set()).isdisjoint(expected):
                continue
            hits = find(row["query"], row["language"]).hits[:TOP]
            yield Asked(row["language"], row["query"], expected, tuple(name_of(hit.url, hit.reference) for hit in hits))


def name_of(url: str, reference: str) -> str:
    """As the file names it: a reference, `term:ss7` or `page:about/`."""
    place = url.split("/", 2)[2]
    return reference or (f"term:{place.partition('#')[2]}" if "#" in place else f"page:{place}")


def languages() -> set[str]:
    from dfs_pages.models import SearchEntry

    return set(SearchEntry.objects.values_list("language", flat=True).distinct())


def names(language: str) -> Iterator[str]:
    from dfs_pages.models import SearchEntry

    rows = SearchEntry.objects.filter(language=language).select_related("page", "term")
    for entry in rows:
        place = f"term:{entry.term.key}" if entry.term else f"page:{entry.page.url_path.split('/', 2)[2]}"
        yield entry.reference or place


def main() -> None:
    asked = list(ask_all())
    for one in asked:
        if not one.is_right:
            print(
                f"  not found: {one.language:8} {one.query}  wanted {' '.join(one.expected)}, got {' '.join(one.found)}"
            )
    right = sum(one.is_right for one in asked)
    print(f"search: {right} of {len(asked)} questions answered in the first {TOP} ({right / len(asked):.0%})")


if __name__ == "__main__":
    import django

    django.setup()
    main()
