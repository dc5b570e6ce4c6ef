"""What was accepted becomes new drafts, and these go through the same review as any edit.

Each draft is saved twice: as the words of who proposed it, then by who accepted it. So both are among its authors, and
neither can let it out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from dfs_workflow import permissions
from dfs_workflow.actions.bundles import in_all_languages, item_for, publish_item, start_review, told_at
from dfs_workflow.actions.history import record
from dfs_workflow.actions.proposals import State, locked, page_of, pass_on
from dfs_workflow.conf import source_language
from dfs_workflow.models import BundleItem, Capability, Proposal, ProposalItem, ProposalRefused, PublicationRefused
from dfs_workflow.models.public_reason import can_be_told
from dfs_workflow.proposals.content import merged, stored_answers, with_content

Kind = ProposalItem.Kind
ACCEPTED = (State.ACCEPTED, State.PARTLY)


@transaction.atomic
def apply_proposal(*, by: Any, proposal: Proposal, at: datetime, public_reason: str = "") -> Proposal:
    """All its pages or none. Readers are told the words of whoever applies it, never those of the proposer unasked."""
    permissions.require(by, Capability.TRIAGE)
    proposal = locked(proposal)
    if proposal.state not in ACCEPTED:
        raise ProposalRefused(_("Only what was accepted can be applied."))
    try:
        drafts, changes = carry_out(proposal, public_reason)
        send_to_review(proposal, drafts, changes, by)
        credit_new(proposal, by, at)
    except PublicationRefused as refusal:
        raise ProposalRefused(str(refusal)) from refusal
    except ValidationError as error:
        raise ProposalRefused(_("It can't be saved like this: %(why)s") % {"why": said(error, proposal)}) from error
    proposal.applied_at = at
    return pass_on(proposal, State.APPLIED, by=by, at=at)


def said(error: ValidationError, proposal: Proposal) -> str:
    """With the names of the fields, as they are called in the editor."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    models = [model_of(item) for item in proposal.items.all()]
    return " ".join(f"{called(name, models)}{_(': ')}{' '.join(words)}" for name, words in error.message_dict.items())


def model_of(item: ProposalItem) -> Any:
    return apps.get_model(item.details["model"]) if item.kind == Kind.NEW else type(item.subject)


def called(name: str, models: Sequence[Any]) -> str:
    fields = (field for model in models for field in model._meta.get_fields() if field.name == name)
    return next((capfirst(str(getattr(field, "verbose_name", name))) for field in fields), name)


def credit_new(proposal: Proposal, by: Any, at: datetime) -> None:
    """The other records hang on the page above it; its own history begins with whose idea it was."""
    for item in proposal.items.filter(kind=Kind.NEW).select_related("result_revision"):
        details = {"title": str(proposal), "proposal": proposal.number}
        page = item.result_revision.content_object  # type: ignore[union-attr]
        if isinstance(page, Page):
            record(
                action="proposal.submitted",
                by=proposal.proposed_by,
                at=proposal.submitted_at,
                page=page,
                details=details,
            )
            record(action="proposal.applied", by=by, at=at, page=page, details=details)


def carry_out(proposal: Proposal, public_reason: str) -> tuple[list[Any], list[BundleItem]]:
    drafts, changes = [], []
    for item in proposal.items.all():
        page = page_of(item)
        if item.kind == Kind.EDIT:
            drafts += edited(item, page, proposal, public_reason)
        elif item.kind == Kind.NEW:
            drafts.append(added_snippet(item, proposal) if item.snippet_type_id else added(item, page, proposal))
        else:
            changes += asked(item, page, public_reason)
    return drafts, changes


def edited(item: ProposalItem, page: Any, proposal: Proposal, public_reason: str) -> list[Any]:
    item_for(page, kind=BundleItem.Kind.PUBLISH, details={})  # refuses what is locked or under review
    found = merged(item, page)
    if found.conflicts:
        raise ProposalRefused(
            _("“%(title)s” was changed since the proposal was accepted: decide again.") % {"title": item}
        )
    if not found.changes:
        return []
    draft = with_content(page, found.value)
    draft.public_reason = public_reason if can_be_told(page) else ""
    return [saved(item, draft, proposal)]


def added(item: ProposalItem, parent: Page, proposal: Proposal) -> Page:
    model = apps.get_model(item.details["model"])
    if model not in parent.allowed_subpage_models():
        raise ProposalRefused(_("Nothing like it can stand under “%(title)s”.") % {"title": parent})
    page = model(**accepted_words(item), locale=parent.locale, live=False, has_unpublished_changes=True)
    if hasattr(page, "prepare_proposed"):
        page.prepare_proposed(parent)
    page.slug = page.slug or slugify(getattr(page, "reference", "") or page.title)[:200]
    before = parent.get_children().filter(pk=item.details.get("after")).first()
    if before is None:
        parent.add_child(instance=page)
    else:
        before.add_sibling("right", instance=page)
    return saved(item, page, proposal)


def added_snippet(item: ProposalItem, proposal: Proposal) -> Any:
    model = apps.get_model(item.details["model"])
    locale = Locale.objects.get(language_code=source_language())
    snippet = model(**accepted_words(item), locale=locale, live=False, has_unpublished_changes=True)
    snippet.prepare_proposed(None)
    snippet.full_clean()
    snippet.save()
    return saved(item, snippet, proposal)


def accepted_words(item: ProposalItem) -> dict[str, Any]:
    return {**item.proposed, **{path[0]: answer.value for path, answer in stored_answers(item).items()}}


def saved(item: ProposalItem, page: Any, proposal: Proposal) -> Any:
    page.save_revision(user=proposal.proposed_by, log_action=True, clean=True)
    item.result_revision = page.save_revision(user=proposal.decided_by, log_action=True)
    item.save()
    return type(page)._default_manager.get(pk=page.pk)


def asked(item: ProposalItem, page: Page, public_reason: str) -> list[BundleItem]:
    """As for a withdrawal or a move that an editor asks for: in all languages."""
    if not page.live and item.kind == Kind.WITHDRAW:
        raise ProposalRefused(_("“%(title)s” is not live.") % {"title": page})
    details = {**item.details, "reason": public_reason, "public_reason": public_reason}
    pages = [other for other in in_all_languages(page) if other.live or item.kind == Kind.MOVE]
    return [item_for(other, kind=item.kind, details=told_at(other, page, details)) for other in pages]


def send_to_review(proposal: Proposal, drafts: list[Any], changes: list[BundleItem], by: Any) -> None:
    """One page goes through its own workflow; several, or what isn't an edit, through that of bundles."""
    if not drafts and not changes:
        raise ProposalRefused(_("All of it stands in the pages already: decline it, and say so."))
    workflow = drafts[0].get_workflow() if len(drafts) == 1 and not changes else None
    if workflow is not None:
        workflow.start(drafts[0], by)
        return
    found = [publish_item(draft, by) for draft in drafts]
    items = [*(item for item in found if item), *changes]
    proposal.bundle = start_review(title=str(proposal)[:255], items=items, by=by, reason=proposal.reason)
    proposal.save()
