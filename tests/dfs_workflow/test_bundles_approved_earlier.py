"""Bundles that were approved before a bundle knew its one date get it by the migration."""

from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.utils import timezone
from wagtail.models import Revision

from dfs_workflow import actions
from dfs_workflow.models import Bundle
from tests.dfs_workflow.test_bundle import dated, draft
from tests.testapp.models import GovernedStatement

give_dates = import_module("dfs_workflow.migrations.0018_why_bundles_wait").give_dates


def test_what_waits_as_a_whole_gets_its_date_and_what_has_begun_does_not(chapter, editor, reviewer):
    at = timezone.now() + timedelta(days=2)
    found = [dated(draft(page, editor), at, editor) for page in GovernedStatement.objects.child_of(chapter)]
    whole = actions.submit_bundle(title="Whole", objects=found[:2], by=editor)
    begun = actions.submit_bundle(
        title="Begun", objects=[found[2], dated(draft(chapter, editor), at, editor)], by=editor
    )
    for bundle in (whole, begun):
        actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    Bundle.objects.update(goes_live_at=None)
    one = GovernedStatement.objects.get(pk=found[2].pk).scheduled_revision
    Revision.objects.filter(pk=one.pk).update(approved_go_live_at=None)
    give_dates(apps, None)
    dates = dict(Bundle.objects.values_list("title", "goes_live_at"))
    assert dates["Whole"] == GovernedStatement.objects.get(pk=found[0].pk).scheduled_revision.approved_go_live_at
    assert dates["Begun"] is None
