"""Leaving again: everything that stands behind the gate is deleted, so that the apps can be taken out."""

from typing import Any

from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage

from dfs_workflow import gate
from dfs_workflow.actions.roles import take_back_roles
from dfs_workflow.models import OUR_TASKS
from dfs_workflow.models.gated import governed_models, governed_types


def governed_content() -> dict[str, int]:
    """What would be deleted: the plural name of each kind and how many there are."""
    return {
        str(model._meta.verbose_name_plural): count
        for model in governed_models()
        if (count := model._base_manager.count())
    }


@transaction.atomic
def remove_everything(*, by: Any, reason: str) -> None:
    """The pages and snippets of our types in every language, and the review that this app set up for them.

    Groups that have members or anything else to do stay: Wagtail itself has “Editors” and “Moderators”.
    """
    with gate.system_publication(reason=reason, by=by):
        for page in Page.objects.filter(content_type__in=governed_types(Page)).order_by("-depth", "path"):
            # Deleting a page takes what is below it along.
            if current := Page.objects.filter(pk=page.pk).first():
                current.specific.delete(user=by)
        for model in governed_models():
            if not issubclass(model, Page):
                for instance in model._base_manager.all():
                    instance.delete()
    for task in OUR_TASKS:
        for workflow in Workflow.objects.filter(workflow_tasks__task__in=task._default_manager.all()).distinct():
            WorkflowPage.objects.filter(workflow=workflow).delete()
            workflow.delete()
        task._default_manager.all().delete()
    take_back_roles()
