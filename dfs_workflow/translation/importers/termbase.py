"""Terms from CSV and TBX, of the edition of 2019 and of the one before it (martif)."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from lxml import etree

from dfs_workflow.translation.exporters.termbase import COLUMNS, FORMULA, LANG, STATUS
from dfs_workflow.translation.importers.reading import FileError, code_of, is_xml
from dfs_workflow.translation.models import Concept, Term

STATUSES = {name: status for status, name in STATUS.items()} | {
    "standardizedTerm-admn-sts": Term.Status.APPROVED,
    "legalTerm-admn-sts": Term.Status.APPROVED,
    "supersededTerm-admn-sts": Term.Status.FORBIDDEN,
}


@dataclass(frozen=True)
class TermRow:
    concept: str
    definition: str
    language: str
    text: str
    status: str
    source: str = ""
    note: str = ""


def read_terms(content: bytes) -> list[TermRow]:
    rows = list(read_tbx(content) if is_xml(content) else read_csv(content))
    if not rows:
        raise FileError(_("There is no term in the file."))
    return rows


def read_csv(content: bytes) -> Iterator[TermRow]:
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise FileError(_("The first line has to name the columns: %(columns)s") % {"columns": ", ".join(COLUMNS)})
        for row in rows:
            key, definition, language, *others = (cell_of(row[name] or "") for name in COLUMNS)
            yield checked(TermRow(slugify(key)[:100], definition, code_of(language), *others), rows.line_num)
    except (UnicodeDecodeError, csv.Error) as problem:
        raise FileError(_("This is not a CSV file in UTF-8.")) from problem


def cell_of(cell: str) -> str:
    """Without the mark that keeps a spreadsheet from taking it for a formula."""
    return (cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA else cell).replace("\0", "").strip()


def checked(row: TermRow, line: int) -> TermRow:
    for cell, longest in ((row.language, 20), (row.text, 200), (row.source, 300)):
        if len(cell) > longest:
            raise FileError(
                _("Line %(line)s: “%(cell)s…” is longer than %(most)s characters.")
                % {"line": line, "cell": cell[:40], "most": longest}
            )
    if not row.concept or not row.language or not row.text or row.status not in Term.Status.values:
        raise FileError(
            _("Line %(line)s: give concept, language, term and a status (%(statuses)s).")
            % {"line": line, "statuses": ", ".join(Term.Status.values)}
        )
    return row


def read_tbx(content: bytes) -> Iterator[TermRow]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise FileError(_("This is not a readable TBX file: %(problem)s") % {"problem": problem}) from problem
    entries = [*root.iter("{*}conceptEntry"), *root.iter("{*}termEntry")]
    if not entries and etree.QName(root).localname not in {"tbx", "martif"}:
        raise FileError(_("This is not a TBX file."))
    for number, entry in enumerate(entries, 1):
        key = slugify(entry.get("id", "").removeprefix("c-"))[:100] or key_of(entry) or f"concept-{number}"
        definition = first_text(entry, "descrip", "definition")
        for section in [*entry.iter("{*}langSec"), *entry.iter("{*}langSet")]:
            for part in [*section.iter("{*}termSec"), *section.iter("{*}tig"), *section.iter("{*}ntig")]:
                row = term_of(part, key, definition, code_of(section.get(LANG, "")))
                if row.text and row.language:
                    yield checked(row, entry.sourceline)


def key_of(entry: etree._Element) -> str:
    """Of an entry without a mark of its own: its first word in Latin letters, so that files don't mix their entries."""
    keys = (slugify("".join(term.itertext()))[:100] for term in entry.iter("{*}term"))
    return next(filter(None, keys), "")


def term_of(part: etree._Element, key: str, definition: str, language: str) -> TermRow:
    status = STATUSES.get(first_text(part, "termNote", "administrativeStatus"), Term.Status.ADMITTED)
    text = next((str(term.text or "").strip() for term in part.iter("{*}term")), "")
    note = next((str(found.text or "") for found in part.iter("{*}note")), "")
    return TermRow(key, definition, language, text, status, first_text(part, "admin", "source"), note)


def first_text(element: etree._Element, name: str, kind: str) -> str:
    found = (row for row in element.iter(f"{{*}}{name}") if row.get("type") == kind)
    return next(("".join(row.itertext()).strip() for row in found), "")


@transaction.atomic
def store_terms(rows: Iterable[TermRow]) -> int:
    """Adds and replaces by concept, language and word; takes nothing away."""
    count = 0
    concepts = {concept.key: concept for concept in Concept.objects.all()}
    for row in rows:
        if row.concept not in concepts:
            concepts[row.concept] = Concept.objects.create(key=row.concept, definition=row.definition)
        values = {"status": row.status, "source": row.source, "note": row.note}
        Term.objects.update_or_create(
            concept=concepts[row.concept], language=row.language, text=row.text, defaults=values
        )
        count += 1
    return count
