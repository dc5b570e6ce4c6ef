"""The two databases, asked the same: which rows answer a question, how many of each kind, and a first order of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
# Rows with one of the words in their title, through an index of its own on PostgreSQL.
IN_TITLE = "to_tsvector('pg_catalog.simple'::regconfig, t.scope || ' ' || t.terms_title) @@ %s::tsquery"
TITLED = {
    "sqlite": "SELECT rowid FROM dfs_pages_fulltext WHERE dfs_pages_fulltext MATCH %s",
    "postgresql": f"SELECT t.id FROM {ROWS} t WHERE {IN_TITLE}",
}
# Where only such rows are wanted. PostgreSQL expects few rows and would analyse the title of each that answers.
ONLY_TITLED = {
    "sqlite": TITLED["sqlite"],
    "postgresql": f"SELECT id FROM {ROWS} WHERE fulltext @@ %s::tsquery INTERSECT {TITLED['postgresql']}",
}
# Of the languages that aren't shown hardly more is counted than a reader takes in.
MOST_COUNTED = 100
SOME = f"LIMIT {MOST_COUNTED + 1}"
COUNTED = {
    "sqlite": f"SELECT COUNT(*) FROM (SELECT 1 FROM {{}} {SOME})",
    # Set apart, or it would read every row in the hope of meeting enough of them soon.
    "postgresql": "WITH found AS MATERIALIZED (SELECT 1 FROM {}) "
    f"SELECT COUNT(*) FROM (SELECT 1 FROM found {SOME}) counted",
}


@dataclass(frozen=True)
class Filters:
    """What the address narrows the results to; empty is everything, for the reader's language with its fallback."""

    kind: str = ""
    section: str = ""
    stakeholder: str = ""
    language: str = ""


class Group(NamedTuple):
    """How many rows are alike in all that can be filtered by."""

    kind: str
    section: str
    stakeholders: tuple[str, ...]
    language: str
    is_shown: bool
    number: int


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
    joined = (and_() if every else or_()).join(alternatives(answered))
    return f"{only(language)}{and_()}({joined})"


def titles(parts: Parts, codes: Iterable[str]) -> str:
    """Any of the words, but in a title."""
    asked = []
    for code in codes:
        if found := or_().join(alternatives([part for part in parts.get(code, ()) if part.answers])):
            column = "" if is_postgres() else "terms_title : "
            asked.append(f"({only(code)}{and_()}{column}({found}))")
    return or_().join(asked)


def alternatives(answered: Sequence[Part]) -> list[str]:
    return [f"({or_().join(both(answer) for answer in part.answers)})" for part in answered]


def only(language: str) -> str:
    return f"'{scope(language)}'" if is_postgres() else f'scope : "{scope(language)}"'


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
        alike = (kind, key_of(section), tuple(codes.split()), code)
        found += [Group(*alike, is_shown, n) for is_shown, n in ((True, number), (False, count - number)) if n]
    return found


def numbers(parts: Parts, codes: Iterable[str], filters: Filters, *, every: bool) -> dict[str, int]:
    """How many rows of each language answer, `MOST_COUNTED` and one more at most. Each is counted by itself: for all of
    them together PostgreSQL would start helpers, or read every row. SQLite counts without reading the rows, where
    nothing narrows them."""
    conditions = list(narrowed_by(filters))
    table = TABLES[connection.vendor] if conditions or is_postgres() else "dfs_pages_fulltext"
    where = " AND ".join([MATCH[connection.vendor], *(sql for sql, _values in conditions)])
    count = f"({COUNTED[connection.vendor].format(f'{table} WHERE {where}')})"
    values = [value for _sql, found in conditions for value in found]
    asked = {code: one for code in codes if (one := expression(parts, [code], every=every))}
    if not asked:
        return {}
    sql = "SELECT " + ", ".join([count] * len(asked))
    (found,) = rows(sql, [value for one in asked.values() for value in (one, *values)])
    return dict(zip(asked, found, strict=True))


@lru_cache(maxsize=4096)
def key_of(section: Any) -> str:
    return str(UUID(str(section))) if section else ""


def shown_to(language: str) -> tuple[str, list[Any]]:
    """Of each text the one in the first of the reader's languages that it has; no other languages are asked for.

    Said by what is left out, or PostgreSQL would read all texts of each language from an index first.
    """
    order = reading_order(language)
    sql, values = ["TRUE"], []
    for place, code in enumerate(order[1:], 1):
        better = ", ".join(["%s"] * place)
        other = f"SELECT 1 FROM {ROWS} o WHERE o.translation_key = e.translation_key AND o.language IN ({better})"
        sql.append(f"NOT (e.language = %s AND EXISTS ({other}))")
        values += [code, *order[:place]]
    return " AND ".join(sql), values


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


class Asked(NamedTuple):
    """The question for the database, and what has to stand in a title to come first; without, all rows are equal."""

    text: str
    titled: str
    language: str
    filters: Filters


def best(asked: Asked, *, start: int, number: int, others: bool = True) -> list[Entry]:
    """Rows in the order of the database, without `others` only those that come first; by hand, as this runs for each
    question."""
    conditions = list(narrowed(asked.language, asked.filters))
    first, ahead = "TRUE", []
    if asked.titled and others:
        first, ahead = f"e.id IN ({TITLED[connection.vendor]})", [asked.titled]
    elif asked.titled:
        both = [asked.text, asked.titled] if is_postgres() else [asked.titled]
        conditions.append((f"e.id IN ({ONLY_TITLED[connection.vendor]})", both))
    where = " AND ".join([MATCH[connection.vendor], *(sql for sql, _values in conditions)])
    values = [value for _sql, found in conditions for value in found]
    ids = f"""SELECT e.id AS id, {ORDER[connection.vendor]} AS place, CASE WHEN {first} THEN 0 ELSE 1 END AS part
        FROM {TABLES[connection.vendor]} WHERE {where} ORDER BY part, place, e.id LIMIT %s OFFSET %s"""
    columns = ", ".join(f"found.{name}" for name in Entry._fields)
    sql = f"""SELECT {columns} FROM ({ids}) best JOIN {ROWS} found ON found.id = best.id
        ORDER BY best.part, best.place, best.id"""
    return [Entry(*one) for one in rows(sql, [*ahead, asked.text, *values, number, start])]


def narrowed(language: str, filters: Filters) -> Iterator[tuple[str, list[Any]]]:
    if not filters.language:  # else no other one was asked for
        yield shown_to(language)
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
