"""Does the chain of the history hold, and do the logs still say what was sealed?"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, PageLogEntry

from dfs_workflow.actions.history import FORGOTTEN, sealing
from dfs_workflow.models import Decision, HistoryEntry, HistoryHead
from dfs_workflow.models.digest import digest
from dfs_workflow.models.history import START

LOGS = {model._meta.label: model for model in (Decision, PageLogEntry, ModelLogEntry)}
BATCH = 500


def broken_links(expected: tuple[int, str] | None = None) -> Iterator[str]:
    """`expected`: number and hash of an entry that somebody wrote down earlier, outside of this database."""
    number, previous = 0, START
    emptied: set[tuple[int, str]] = set()
    announced: set[tuple[int, str]] = set()
    for entry in HistoryEntry.objects.order_by("number").iterator(chunk_size=BATCH):
        number += 1
        if entry.number != number:
            yield _("%(number)s: entries are missing before it") % {"number": entry.number}
            number = entry.number
        elif entry.previous != previous:
            yield _("%(number)s: does not follow from the entry before it") % {"number": number}
        if entry.computed_hash() != entry.hash:
            yield _("%(number)s: was altered") % {"number": number}
        yield from altered_parts(entry, emptied)
        if entry.action == FORGOTTEN:
            announced |= {(each, part) for each, part in (entry.value("details") or {}).get("emptied", [])}
        previous = entry.hash
        if expected and expected == (number, previous):
            expected = None
    for each, part in sorted(emptied - announced):
        yield _("%(number)s: “%(part)s” was emptied without a record of it") % {"number": each, "part": part}
    yield from broken_end(number, previous, expected)
    yield from altered_sources()


def altered_parts(entry: HistoryEntry, emptied: set[tuple[int, str]]) -> Iterator[str]:
    if entry.parts.keys() != entry.digests.keys():
        yield _("%(number)s: parts were added or removed") % {"number": entry.number}
    for part, content in entry.parts.items():
        if content is None:
            emptied.add((entry.number, part))
        elif digest(content) != entry.digests.get(part):
            yield _("%(number)s: “%(part)s” was altered") % {"number": entry.number, "part": part}


def broken_end(number: int, last: str, expected: tuple[int, str] | None) -> Iterator[str]:
    head = HistoryHead.objects.filter(pk=1).first()
    if (head.number, head.hash) != (number, last) if head else number:
        yield _("the end of the history was cut off, or added to past its writer")
    if expected:
        yield _("entry %(number)s is not the one that was written down") % {"number": expected[0]}


def altered_sources() -> Iterator[str]:
    """Rows of Wagtail's logs and decisions of the gate, compared with what was sealed of them."""
    for label, model in LOGS.items():
        sealed = HistoryEntry.objects.filter(source__startswith=f"{label}:").order_by("number")
        batch: list[HistoryEntry] = []
        for entry in sealed.iterator(chunk_size=BATCH):
            batch.append(entry)
            if len(batch) == BATCH:
                yield from compare(model, batch)
                batch = []
        yield from compare(model, batch)


def compare(model: type[Any], entries: list[HistoryEntry]) -> Iterator[str]:
    keys = {int((entry.source or "").rpartition(":")[2]): entry for entry in entries}
    rows = model.objects.in_bulk(list(keys))
    for key, entry in keys.items():
        if key not in rows:
            yield _("%(number)s: its row %(source)s was removed") % {"number": entry.number, "source": entry.source}
        elif not says_the_same(entry, rows[key]):
            yield _("%(number)s: its row %(source)s was altered") % {"number": entry.number, "source": entry.source}


def says_the_same(entry: HistoryEntry, row: Any) -> bool:
    """What, when and by whom; of what was forgotten nothing is left to compare, nor of an account that is deleted."""
    now = sealing(row)
    if (entry.action, entry.at) != (now.action, now.at):
        return False
    if entry.parts.get("details") and entry.value("details") != now.values["details"]:
        return False
    known, author = entry.value("by"), now.values.get("by")
    return author is None or (bool(known) and known["id"] == author["id"]) or is_forgotten(entry, "by")


def is_forgotten(entry: HistoryEntry, part: str) -> bool:
    return part in entry.parts and entry.parts[part] is None
