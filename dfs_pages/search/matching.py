"""The two databases, asked the same: which rows answer a question, how many of each kind, and a first order of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

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


def expression(parts: Parts, codes: Iterable[str], *, every: bool) -> str:
    """In the words of the database's own index; empty where nothing can be found.

    Only the languages that are wanted are asked for: each costs as much as it has texts.
    """
    asked = [in_language(code, parts.get(code, ()), every=every) for code in codes]
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
    sql = f"""SELECT {columns}, COUNT(*), SUM(CASE WHEN {shown} THEN 1 ELSE 0 END)
        FROM {TABLES[connection.vendor]} WHERE {MATCH[connection.vendor]} GROUP BY {columns}"""
    found = []
    # The values stand in the order of the text: PostgreSQL's question is in its FROM, SQLite's in its WHERE.
    for kind, section, codes, code, count, number in rows(sql, [*values, asked]):
        alike = (kind, key_of(section), frozenset(codes.split()), code)
        found += [Group(*alike, is_shown, n) for is_shown, n in ((True, number), (False, count - number)) if n]
    return found


def numbers(parts: Parts, codes: Iterable[str], filters: Filters, *, every: bool) -> dict[str, int]:
    """How many rows of each language answer, one statement each: for all of them together PostgreSQL would start
    helpers, or read every row. SQLite counts without reading the rows, where nothing narrows them."""
    conditions = list(narrowed_by(filters))
    table = TABLES[connection.vendor] if conditions or is_postgres() else "dfs_pages_fulltext"
    where = " AND ".join([MATCH[connection.vendor], *(sql for sql, _values in conditions)])
    sql = f"SELECT COUNT(*) FROM {table} WHERE {where}"
    values = [value for _sql, found in conditions for value in found]
    asked = {code: expression(parts, [code], every=every) for code in codes}
    return {code: int(rows(sql, [one, *values])[0][0]) for code, one in asked.items() if one}


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


class Entry(NamedTuple):
    """What ranking and results need of a row of the index; hundreds are read for each question."""

    id: int
    page_id: int | None
    term_id: int | None
    language: str
    kind: str
    reference: str
    number: str
    title: str
    lead: str
    body: str
    terms_title: str
    terms_lead: str
    terms_body: str


def best(asked: str, language: str, filters: Filters, *, start: int, number: int) -> list[Entry]:
    """Rows in the order of the database; by hand, as this runs for each question."""
    conditions = list(narrowed(language, filters))
    where = " AND ".join([MATCH[connection.vendor], *(sql for sql, _values in conditions)])
    values = [value for _sql, found in conditions for value in found]
    order = ORDER[connection.vendor]
    ids = f"""SELECT e.id AS id, {order} AS place FROM {TABLES[connection.vendor]} WHERE {where}
        ORDER BY place, e.id LIMIT %s OFFSET %s"""
    columns = ", ".join(f"found.{name}" for name in Entry._fields)
    sql = f"SELECT {columns} FROM ({ids}) best JOIN {ROWS} found ON found.id = best.id ORDER BY best.place, best.id"
    return [Entry(*one) for one in rows(sql, [asked, *values, number, start])]


def narrowed(language: str, filters: Filters) -> Iterator[tuple[str, list[Any]]]:
    yield ("e.language = %s", [filters.language]) if filters.language else shown_to(language)
    yield from narrowed_by(filters)


def narrowed_by(filters: Filters) -> Iterator[tuple[str, list[Any]]]:
    """What the filters ask of a text in whatever language."""
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
