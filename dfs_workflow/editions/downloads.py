"""The changes as files: a table for spreadsheets, and a text to read."""

import csv
from io import StringIO

from django.utils.translation import gettext as _

from dfs_workflow.editions.changes import Change, Changes, Difference
from dfs_workflow.editions.reading import label_of
from dfs_workflow.redline import Kind as PieceKind
from dfs_workflow.redline import Redline

# A spreadsheet would read these as the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(changes: Changes) -> str:
    out = StringIO()
    table = csv.writer(out)
    table.writerow(
        [
            *("reference", "title", "language", "change", "field", "before", "after"),
            *("normative_words_removed", "normative_words_added", "numbers_removed", "numbers_added", "reason"),
        ]
    )
    for change in changes.rows:
        for one in change.differences or [None]:
            table.writerow([harmless(cell) for cell in cells(change, one)])
    return "\ufeff" + out.getvalue()


def cells(change: Change, one: Difference | None) -> list[str]:
    text = change.text
    first = [text.reference, text.title, text.language, change.kind.value]
    if one is None:
        return [*first, *[""] * 7, change.reason]
    line = one.redline
    words = (line.words_removed, line.words_added, line.numbers_removed, line.numbers_added)
    return [*first, one.name, one.before, one.after, *("; ".join(row) for row in words), change.reason]


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_markdown(changes: Changes) -> str:
    title = _("Changes from edition %(before)s to %(after)s") % {"before": changes.before, "after": changes.after}
    lines = [f"# {title}", ""]
    for change in changes.rows:
        lines += [
            f"## {' '.join(filter(None, [change.text.reference, change.text.title]))}",
            "",
            f"*{change.kind}*",
            "",
        ]
        if change.reason:
            lines += [f"{_('Reason:')} {change.reason}", ""]
        for one in change.differences:
            lines += [f"**{label_of(change.text.kind, one.name)}**", "", marked(one.redline), ""]
            lines += [f"- {note}" for note in notes(one.redline)] + [""] * one.redline.is_normative
    return "\n".join(lines).rstrip() + "\n"


def marked(line: Redline) -> str:
    signs = {PieceKind.SAME: "{}", PieceKind.ADDED: "<ins>{}</ins>", PieceKind.REMOVED: "<del>{}</del>"}
    return "".join(signs[piece.kind].format(plain(piece.text)) for piece in line.pieces)


def plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def notes(line: Redline) -> list[str]:
    found = []
    if line.words_removed or line.words_added:
        found.append(f"{_('Normative words changed.')} {listed(line.words_removed, line.words_added)}")
    if line.numbers_removed or line.numbers_added:
        found.append(f"{_('Numbers changed.')} {listed(line.numbers_removed, line.numbers_added)}")
    return found


def listed(before: object, after: object) -> str:
    comma, stop, end = _(", "), _(". "), _(".")
    return f"{_('Before:')} {comma.join(before)}{stop}{_('Now:')} {comma.join(after)}{end}"  # type: ignore[arg-type]
