"""A proposal in plain words, for mails and files: each change between brackets, what it means for duties beside it."""

from collections.abc import Iterable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dfs_workflow.models import Proposal, ProposalItem
from dfs_workflow.proposals.changes import Choice, Shown, changes_in
from dfs_workflow.redline import Kind, Redline


def as_text(proposal: Proposal, items: Iterable[ProposalItem]) -> str:
    head = [f"{proposal.number} {proposal.title}", str(proposal.get_state_display()), proposal.reason, proposal.source]
    return "\n\n".join([*filter(None, head), changes_text(items)]) + "\n"


def changes_text(items: Iterable[ProposalItem]) -> str:
    """`items` as `with_pages` gives them."""
    return "\n\n".join(part for item in items for part in item_text(item))


def item_text(item: ProposalItem) -> Iterator[str]:
    yield f"{capfirst(item.get_kind_display())}{_(': ')}{item.name}"
    for change in changes_in(item):
        yield "\n".join([f"{change.label}:", redline_text(change.redline), *notes(change)])


def redline_text(found: Redline) -> str:
    marks = {Kind.ADDED: _("[added: %(text)s]"), Kind.REMOVED: _("[removed: %(text)s]")}
    return "".join(
        marks[piece.kind] % {"text": piece.text} if piece.kind in marks else piece.text for piece in found.pieces
    )


def notes(change: Shown) -> Iterator[str]:
    found = change.redline
    for title, before, now in (
        (_("Normative words changed."), found.words_removed, found.words_added),
        (_("Numbers changed."), found.numbers_removed, found.numbers_added),
    ):
        if before or now:
            words = _(", ").join(before) or "–", _(", ").join(now) or "–"
            values = {"title": title, "before": words[0], "now": words[1]}
            yield _("%(title)s Before: %(before)s. Now: %(now)s.") % values
    if change.marks_changed:
        yield _("Links or emphasis changed.")
    if change.choice == Choice.OTHER:
        yield f"{_('Accepted in these words:')} {change.decided}"
    elif change.choice == Choice.NOW:
        yield _("Not accepted here: the words stay as they were.")
    elif change.is_conflict:
        yield _("Others changed the same place meanwhile.")
