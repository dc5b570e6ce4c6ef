"""What was chosen at each place, as the form of a decision sends it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django import forms
from django.utils.translation import gettext as _

from dfs_workflow.forms.proposals import value_of
from dfs_workflow.merging import Answer, Path
from dfs_workflow.models import ProposalRefused
from dfs_workflow.proposals.changes import Choice, Shown

CHOICES = frozenset(Choice)


def answers_in(data: Mapping[str, str], changes: Sequence[Shown]) -> dict[Path, Answer]:
    """A place without a choice is taken as proposed, unless it is disputed: then nothing is chosen for it."""
    found = {}
    for change in changes:
        choice = data.get(f"choice-{change.name}", "")
        if not choice:
            continue
        if data.get(f"seen-{change.name}") != change.seen:
            raise ProposalRefused(_("“%(place)s” was changed meanwhile: look at it again.") % {"place": change.label})
        now = change.change.now
        if choice == Choice.OTHER and change.text is not None:
            found[change.change.path] = Answer(worded(change, data.get(f"words-{change.name}", "")), now)
        elif choice == Choice.NOW:
            found[change.change.path] = Answer(now, now)
        elif choice == Choice.PROPOSED:
            found[change.change.path] = Answer(change.change.proposed, now)
    return found


def worded(change: Shown, typed: str) -> str:
    assert change.text is not None
    try:
        return value_of(change.text, typed.strip())
    except forms.ValidationError as error:
        raise ProposalRefused(f"{change.label}: {' '.join(error.messages)}") from error


def as_sent(data: Mapping[str, str], changes: Sequence[Shown]) -> list[Shown]:
    """With what was chosen and typed in a form that comes back, so that nothing of it is lost."""
    return [
        replace(change, choice=Choice(choice), decided=data.get(f"words-{change.name}", ""))
        if (choice := data.get(f"choice-{change.name}", "")) in CHOICES
        else change
        for change in changes
    ]
