"""The two databases, asked the same: which rows answer a question, how many of each kind, and a first order of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from dfs_pages.models import SearchEntry
from dfs_pages.search.indexing import scope
from dfs_pages.search.question import Answer, Part
from dfs_workflow.conf import reading_order

Parts = Mapping[str, Sequence[Part]]
ROWS = "dfs_pages_searchentry"
ORDER = {
    "sqlite": "bm25(dfs_pages_fulltext, 0, 10, 4, 1)",
    "postgresql": "-ts_rank('{0.1, 0.1, 0.4, 1}'::float4[], e.fulltext, asked.query, 1)",
}
TABLES = {
    "sqlite": f"dfs_pages_fulltext JOIN {ROWS} e ON e.id = dfs_pages_fulltext.rowid",
    "postgresql": f"(SELECT %s::tsquery AS query) asked JOIN {ROWS} e ON e.fulltext @@ asked.query",
}
MATCH = {"sqlite": "dfs_pages_fulltext MATCH %s", "postgresql": "TRUE"}


@dataclass(frozen=True)
class Filters:
    """What the address narrows the results to; empty is everything, for the reader's language with its fallback."""

    kind: str = ""
    section: str = ""
    stakeholder: str = ""
    language: str = ""


@dataclass(frozen=True)
class Group:
    """How many rows are alike in all that can be filtered by."""

    kind: str
    section: str
    stakeholders: frozenset[str]
    language: str
    is_shown: bool
    count: int


def expression(parts: Parts, *, every: bool) -> str:
    """In the words of the database's own index; empty where nothing can be found."""
    asked = [in_language(language, row, every=every) for language, row in parts.items()]
    return or_().join(f"({one})" for one in asked if one)


def in_language(language: str, parts: Sequence[Part], *, every: bool) -> str:
    answered = [part for part in parts if part.answers]
    if not answered or (every and len(answered) < len(parts)):
        return ""
    alternatives = [f"({or_().join(both(answer) for answer in part.answers)})" for part in answered]
    joined = (and_() if every else or_()).join(alternatives)
    only = f"'{scope(language)}'" if is_postgres() else f'scope : "{scope(language)}"'
    return f"{only}{and_()}({joined})"


def both(answer: Answer) -> str:
    """Terms are letters and digits only; the quotes keep words like OR from being read as operators."""
    quote = "'" if is_postgres() else '"'
    return f"({and_().join(quote + term + quote for term in answer.terms)})"


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def and_() -> str:
    return " & " if is_postgres() else " AND "


def or_() -> str:
    return " | " if is_postgres() else " OR "


def groups(asked: str, language: str) -> list[Group]:
    """All rows that answer, however many, in one statement."""
    shown, values = shown_to(language)
    columns = "e.kind, e.section, e.stakeholders, e.language"
    sql = f"""SELECT {columns}, {shown} AS is_shown, COUNT(*)
        FROM {TABLES[connection.vendor]} WHERE {MATCH[connection.vendor]} GROUP BY {columns}, is_shown"""
    # The values stand in the order of the text: PostgreSQL's question is in its FROM, SQLite's in its WHERE.
    return [
        Group(kind, key_of(section), frozenset(codes.split()), code, bool(is_shown), count)
        for kind, section, codes, code, is_shown, count in rows(sql, [*values, asked])
    ]


def key_of(section: Any) -> str:
    return str(UUID(str(section))) if section else ""


def shown_to(language: str) -> tuple[str, list[Any]]:
    """Of each text the one in the first of the reader's languages that it has."""
    order = reading_order(language)
    sql, values = "e.language = %s", [language]
    for place, code in enumerate(order[1:], 1):
        better = ", ".join(["%s"] * place)
        other = f"SELECT 1 FROM {ROWS} o WHERE o.translation_key = e.translation_key AND o.language IN ({better})"
        sql += f" OR (e.language = %s AND NOT EXISTS ({other}))"
        values += [code, *order[:place]]
    return f"({sql})", values


COLUMNS = (
    *("id", "page_id", "term_id", "language", "kind", "reference", "number", "title", "lead", "body"),
    *("terms_title", "terms_lead", "terms_body"),
)


def best(asked: str, language: str, filters: Filters, *, start: int, number: int) -> list[SearchEntry]:
    """Rows in the order of the database; by hand, as this runs for each question."""
    conditions = list(narrowed(language, filters))
    where = " AND ".join([MATCH[connection.vendor], *(sql for sql, _values in conditions)])
    values = [value for _sql, found in conditions for value in found]
    order = ORDER[connection.vendor]
    ids = f"""SELECT e.id AS id, {order} AS place FROM {TABLES[connection.vendor]} WHERE {where}
        ORDER BY place, e.id LIMIT %s OFFSET %s"""
    columns = ", ".join(f"found.{name}" for name in COLUMNS)
    sql = f"SELECT {columns} FROM ({ids}) best JOIN {ROWS} found ON found.id = best.id ORDER BY best.place, best.id"
    found = rows(sql, [asked, *values, number, start])
    return [SearchEntry(**dict(zip(COLUMNS, one, strict=True))) for one in found]


def narrowed(language: str, filters: Filters) -> Iterator[tuple[str, list[Any]]]:
    yield ("e.language = %s", [filters.language]) if filters.language else shown_to(language)
    if filters.kind:
        yield "e.kind = %s", [filters.kind]
    if filters.section:
        yield "e.section = %s", [UUID(filters.section) if is_postgres() else UUID(filters.section).hex]
    if filters.stakeholder:
        yield "(' ' || e.stakeholders || ' ') LIKE %s", [f"% {filters.stakeholder} %"]


def rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
