"""What a proposal changes, place by place, in words: the same on its page, in mails and in files."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import prefetch_related_objects
from django.utils.text import capfirst, get_valid_filename
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision

from dfs_workflow.merging import ABSENT, ORDER, Change, Path, changes_between
from dfs_workflow.models import Proposal, ProposalItem
from dfs_workflow.models.digest import digest
from dfs_workflow.proposals import places
from dfs_workflow.proposals.content import merged, stored_answers
from dfs_workflow.proposals.markup import to_text
from dfs_workflow.redline import Redline, compare

Kind = ProposalItem.Kind
MARKS = re.compile(r"\*\*|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|`|\]\([^()\s]+\)|\[\[\d+\]\]")


class Choice(StrEnum):
    """Which words hold at one place."""

    PROPOSED = "proposed"
    NOW = "now"
    OTHER = "other"


@dataclass(frozen=True)
class Shown:
    """`now` is the newest text where it is neither what was proposed upon nor what is proposed; None where that is a
    draft that its reader may not read.

    `choice` is what was decided about this place, as long as it holds; `decided` are the words then.
    """

    name: str
    label: str
    before: str
    after: str
    now: str | None
    redline: Redline
    is_conflict: bool
    is_move: bool
    change: Change
    text: places.Text | None
    is_rich: bool
    choice: Choice | None = None
    decided: str = ""

    @property
    def words_offered(self) -> str:
        """To start from, for who decides in other words."""
        return self.decided if self.choice == Choice.OTHER else self.after

    @property
    def marks_changed(self) -> bool:
        """Links and emphasis, which a reader of the words alone could miss."""
        return self.is_rich and MARKS.findall(self.before) != MARKS.findall(self.after)

    @property
    def seen(self) -> str:
        """Tells the newest text from a later one, in a form."""
        return digest(None if self.change.now is ABSENT else self.change.now)


def with_pages(items: Iterable[ProposalItem]) -> list[ProposalItem]:
    """Each with its subject and the newest version of that: as many queries for many as for one."""
    found = list(items)
    pages = {page.pk: page for page in Page.objects.filter(pk__in=[item.page_id for item in found]).specific()}
    prefetch_related_objects([item for item in found if item.snippet_id], "snippet")
    for item in found:
        if not item.snippet_type_id:
            item.subject = pages.get(item.page_id)
    subjects = [item.subject for item in found if item.subject is not None]
    newest = Revision.objects.in_bulk({subject.latest_revision_id for subject in subjects} - {None})
    for subject in subjects:
        subject.latest_revision = newest.get(subject.latest_revision_id)
    return found


def changes_in(item: ProposalItem) -> Sequence[Shown]:
    """`item` as `with_pages` gives it."""
    if item.kind == Kind.NEW:
        model = apps.get_model(item.details["model"])
        return [shown(item, model, Change((name,), "", value, "")) for name, value in item.proposed.items()]
    if item.kind != Kind.EDIT or item.subject is None:
        return []
    rows, disputed = what_differs(item)
    rows = sorted(rows, key=lambda change: place_in(item.proposed, change.path))
    return [shown(item, type(item.subject), change, is_conflict=change.path in disputed) for change in rows]


def what_differs(item: ProposalItem) -> tuple[Sequence[Change], set[Path]]:
    """From the newest version while it waits; afterwards, as a record, from what it was written on."""
    if item.proposal.is_over:
        return changes_between({name: item.base.get(name) for name in item.proposed}, item.proposed), set()
    found = merged(item, item.subject, answers={})
    return (*found.changes, *found.conflicts), {change.path for change in found.conflicts}


def place_in(content: Any, path: Path) -> list[int]:
    """For sorting: as it reads."""
    found = []
    for step in path:
        if isinstance(content, dict):
            names = list(content)
            found.append(names.index(step) if step in names else len(names))
            content = content.get(step)
        elif isinstance(content, list):
            keys = [str(row.get("id") or row.get("pk")) if isinstance(row, dict) else "" for row in content]
            found.append(keys.index(step) if step in keys else len(keys))
            content = content[found[-1]] if found[-1] < len(content) else None
        else:
            break
    return found


def shown(item: ProposalItem, model: Any, change: Change, *, is_conflict: bool = False) -> Shown:
    contents = (item.proposed, item.base)
    block, label = definition(model, change.path, contents)
    is_move = change.path[-1] == ORDER and isinstance(change.proposed, list)
    if is_move:
        before, after, now = (in_order(block, change.path, contents, side) for side in sides(change))
    else:
        before, after, now = (words(block, side) for side in sides(change))
    choice, decided = decision_on(item, change)
    return Shown(
        name=get_valid_filename(f"{item.pk}-{'-'.join(change.path)}"),
        label=label,
        before=before,
        after=after,
        now=now if is_conflict else "",
        redline=compare(before, after, item.language),
        is_conflict=is_conflict,
        is_move=is_move,
        change=change,
        text=text_of(block, change, label),
        is_rich=is_rich(block) or (not is_move and not isinstance(change.proposed or change.base, str)),
        choice=choice,
        decided=words(block, decided) if choice == Choice.OTHER else "",
    )


def decision_on(item: ProposalItem, change: Change) -> tuple[Choice | None, Any]:
    """What was accepted here; a choice ends with the words that it was made for."""
    answer = stored_answers(item).get(change.path) if item.proposal.state in Proposal.ACCEPTED_STATES else None
    if answer is None or (answer.seen != change.now and not item.proposal.is_over):
        return None, ABSENT
    if answer.value == change.proposed:
        return Choice.PROPOSED, answer.value
    return (Choice.NOW if answer.value == answer.seen else Choice.OTHER), answer.value


def text_of(block: Any, change: Change, label: str) -> places.Text | None:
    """What can be worded otherwise by who decides."""
    if not isinstance(change.proposed, str):
        return None
    return places.Text(
        change.path, label, change.proposed, is_rich=is_rich(block), features=getattr(block, "features", None)
    )


def sides(change: Change) -> tuple[Any, Any, Any]:
    return change.base, change.proposed, change.now


def is_rich(block: Any) -> bool:
    return isinstance(block, (RichTextField, blocks.RichTextBlock))


def definition(model: Any, path: Path, contents: Sequence[Any]) -> tuple[Any, str]:
    """The field or block that a path leads to, and what it is called: “Explanation: Paragraph”."""
    field = places.field_of(model, path[0])
    names = [capfirst(str(getattr(field, "verbose_name", "") or path[0]))]
    block = field.stream_block if isinstance(field, StreamField) else field
    is_row = False
    for end in range(1, len(path)):
        step = path[end]
        if is_row and step == "value":
            is_row = False
            continue
        is_row = isinstance(block, (blocks.StreamBlock, blocks.ListBlock))
        if isinstance(block, blocks.StreamBlock) and step != ORDER:
            kinds = (places.at(content, path[: end + 1]) for content in contents)
            kind = next((row["type"] for row in kinds if isinstance(row, dict) and "type" in row), "")
            block = block.child_blocks.get(kind)
        elif isinstance(block, blocks.ListBlock) and step != ORDER:
            block = block.child_block
        elif isinstance(block, blocks.StructBlock) and step in block.child_blocks:
            block = block.child_blocks[step]
        else:
            continue
        names.append(str(getattr(block, "label", "") or ""))
    return block, _(": ").join(filter(None, names))


def words(block: Any, value: Any) -> str:
    if value is ABSENT or value in (None, "", []):
        return ""
    if isinstance(value, str):
        return to_text(value).text if is_rich(block) else value
    if isinstance(value, dict) and {"type", "value"} <= value.keys() and isinstance(block, blocks.Block):
        return words(block, value["value"])
    if isinstance(block, blocks.Block):
        found = places.texts_in(block, value, (), "")
        text = "\n".join(to_text(one.value).text if one.is_rich else one.value for one in found if one.value)
        if text:
            return text
    if isinstance(value, list) and all(isinstance(row, str) for row in value):
        return _(", ").join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def in_order(block: Any, path: Path, contents: Sequence[Any], keys: Any) -> str:
    """The first words of each block, one a line."""
    lines = []
    for key in keys if isinstance(keys, list) else []:
        at = (*path[:-1], key)
        row = next((found for content in contents if (found := places.at(content, at)) is not None), None)
        one, _label = definition_below(block, row)
        first = words(one, row).split("\n")[0] if row is not None else ""
        lines.append(first[:80] or str(getattr(one, "label", "")) or _("(without words)"))
    return "\n".join(lines)


def definition_below(block: Any, row: Any) -> tuple[Any, str]:
    if isinstance(block, blocks.StreamBlock) and isinstance(row, dict):
        block = block.child_blocks.get(row.get("type", ""))
    elif isinstance(block, blocks.ListBlock):
        block = block.child_block
    return block, ""
