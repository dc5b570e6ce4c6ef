"""Which review a bundle goes through: submitting pages together spares them no step that each has alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.models import Page, Workflow, WorkflowContentType, WorkflowPage

from dfs_workflow.models import OUR_TASKS, Bundle, BundleItem, FourEyesTask, PublicationRefused

# Asked when somebody reads a bundle that waits for its decision; an app that knows more answers with sentences.
bundle_is_read = Signal()


def concerns_about(instances: Sequence[Any]) -> list[str]:
    """What an approval would run into, beyond what this app knows."""
    return [
        line for _receiver, found in bundle_is_read.send(sender=Bundle, instances=instances) for line in found or ()
    ]


def review_of(bundle: Bundle, items: Sequence[BundleItem]) -> Workflow:
    """That of bundles, or the stricter one that a part of it has."""
    workflow = bundle.get_workflow()
    if workflow is None:
        raise PublicationRefused(_("No review is set up for bundles: run the command set_up_platform."))
    stricter = {review for review in {workflow, *reviews_of(items)} if asks_for_more(review)}
    if len(stricter) > 1:
        sentence = _("These are reviewed in different ways (%(names)s): submit them apart.")
        raise PublicationRefused(sentence % {"names": "; ".join(sorted(review.name for review in stricter))})
    return stricter.pop() if stricter else workflow


def reviews_of(items: Sequence[BundleItem]) -> set[Workflow]:
    """By the place of a page in the tree, and by the type of anything else; in as many queries for one as for many."""
    pages = ContentType.objects.get_for_model(Page).pk
    keys = [item.object_id for item in items if item.content_type_id == pages]
    types = {item.content_type_id for item in items} - {pages}
    of_types = WorkflowContentType.objects.filter(content_type__in=types, workflow__active=True)
    of_places = WorkflowPage.objects.filter(workflow__active=True).select_related("page", "workflow")
    deepest_first = sorted(of_places, key=lambda place: place.page.depth, reverse=True)
    found = {row.workflow for row in of_types.select_related("workflow")}
    for path in Page.objects.filter(pk__in=keys).values_list("path", flat=True):
        found |= set([place.workflow for place in deepest_first if path.startswith(place.page.path)][:1])
    return found


def asks_for_more(workflow: Workflow) -> bool:
    """More than that a second person approves."""
    tasks = (task.specific for task in workflow.tasks.filter(active=True))
    return any(isinstance(task, OUR_TASKS) and not isinstance(task, FourEyesTask) for task in tasks)
