"""What became of an applied proposal: whether it got to its readers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Revision

from dfs_workflow.models import Bundle, Decision, Proposal, ProposalItem

Kind = ProposalItem.Kind


def approved_at(proposal: Proposal, items: Sequence[ProposalItem]) -> datetime | None:
    """When the last of it was decided for publication; nothing while some of it waits."""
    if proposal.bundle is not None and proposal.bundle.live:
        return proposal.bundle.closed_at
    if any(item.kind not in (Kind.EDIT, Kind.NEW) for item in items):
        return None
    moments = decided_moments([item.result_revision_id for item in items if item.result_revision_id])
    return None if None in moments else max(filter(None, moments), default=None)


def decided_moments(results: Sequence[int]) -> list[datetime | None]:
    """For each version that a proposal made: when it, or a later one of the same text, was decided."""
    revisions = Revision.objects.filter(pk__in=results).only("base_content_type_id", "object_id")
    about = {row.pk: (row.base_content_type_id, row.object_id) for row in revisions}
    decisions = Decision.objects.filter(kind__in=Decision.PUBLISHING, revision_id__gte=min(results, default=0))
    decisions = decisions.filter(object_id__in=[key for _type, key in about.values()]).order_by("at")
    rows = list(decisions.values_list("content_type_id", "object_id", "revision_id", "at"))
    return [
        next((at for kind, key, version, at in rows if (kind, key) == about.get(pk) and version >= pk), None)
        for pk in results
    ]


def applied_in(instance: Any) -> QuerySet[Proposal]:
    """What stands in a version of this page, snippet or bundle, or is carried out by it."""
    if isinstance(instance, Bundle):
        results = Q(items__result_revision__in=instance.items.values("revision")) | Q(bundle=instance)
    else:
        kind = instance.get_base_content_type()
        results = Q(items__result_revision__base_content_type=kind, items__result_revision__object_id=str(instance.pk))
    return (
        Proposal.objects.filter(results, state=Proposal.State.APPLIED)
        .select_related("bundle", "proposed_by")
        .distinct()
    )


def date_of_publication(instance: Any) -> datetime | None:
    """Where it waits for one."""
    if isinstance(instance, Bundle):
        return instance.goes_live_at
    waiting = Revision.objects.for_instance(instance).exclude(approved_go_live_at=None)
    return waiting.values_list("approved_go_live_at", flat=True).first()
