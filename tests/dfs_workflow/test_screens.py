"""The screens of Wagtail's admin stand up to what this app adds: bundles, decided deletions, locks, translations."""

import pytest
from django.urls import reverse
from wagtail.models import Workflow

from dfs_workflow import actions
from dfs_workflow.models import Bundle, FourEyesTask, Organisation
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.test_bundle import draft
from tests.dfs_workflow.test_live_changes import agree, ask
from tests.dfs_workflow.translating import live_translation
from tests.dfs_workflow.world import make_term
from tests.testapp.models import GovernedStatement


@pytest.fixture
def busy(chapter, english, editor, reviewer, moderator, second_moderator, root_user):
    """Something of everything: under review, approved, returned, deleted, restricted, translated."""
    first, second, third = GovernedStatement.objects.child_of(chapter)
    live_translation(chapter, root_user, "Texte")
    ask(moderator, first, "delete")
    agree(second_moderator)
    ask(moderator, second, "restrict", restriction_type="login")
    agree(second_moderator)
    returned = actions.submit_bundle(title="Returned", objects=[draft(second, editor)], by=editor)
    actions.decide_bundle(bundle=returned, by=reviewer, approve=False, comment="No")
    actions.submit_bundle(title="Open", objects=[draft(third, root_user)], by=root_user)
    alone = draft(chapter, editor)
    alone.get_workflow().start(alone, editor)
    term = make_term(english)
    ask_term = actions.ask_change(kind="withdraw", instance=term, by=moderator, reason="Old")
    Organisation.objects.create(key="o", name="O", kind="ministry")
    return {
        "page": [chapter.pk],
        "locked": [third.pk],
        "term": [term.pk],
        "open": [ask_term.pk],
        "closed": [Bundle.objects.order_by("pk").first().pk],
        "type": ["testapp", "governedstatement"],
        "workflow": [Workflow.objects.get(name=actions.roles.REVIEW).pk],
        "task": [FourEyesTask.objects.get().pk],
        "": [],
    }


BUNDLE, TERM = "wagtailsnippets_dfs_workflow_bundle", "wagtailsnippets_testapp_governedterm"
SCREENS = [
    *[("wagtailadmin_home", ""), ("wagtailadmin_explore_root", ""), ("wagtailadmin_explore", "page")],
    *[(f"wagtailadmin_pages:{name}", "page") for name in ("edit", "history", "usage", "workflow_history", "delete")],
    *[(f"wagtailadmin_pages:{name}", "locked") for name in ("edit", "history", "usage", "move")],
    *[("wagtailadmin_pages:type_use", "type"), ("wagtailadmin_pages:search", "")],
    *[(f"wagtailadmin_reports:{name}", "") for name in ("workflow", "workflow_tasks", "site_history")],
    *[(f"wagtailadmin_reports:{name}", "") for name in ("locked_pages", "aging_pages", "page_types_usage")],
    *[("wagtailadmin_workflows:index", ""), ("wagtailadmin_workflows:task_index", "")],
    *[("wagtailadmin_workflows:edit", "workflow"), ("wagtailadmin_workflows:usage", "workflow")],
    ("wagtailadmin_workflows:edit_task", "task"),
    *[(f"{TERM}:{name}", "term") for name in ("edit", "history", "usage", "workflow_history", "delete")],
    *[(f"{BUNDLE}:list", ""), (f"{TERM}:list", ""), ("organisations:index", ""), ("wagtaillocales:index", "")],
    *[(f"{BUNDLE}:{name}", "open") for name in ("edit", "history", "usage", "workflow_history")],
    *[(f"{BUNDLE}:{name}", "closed") for name in ("edit", "history", "usage", "workflow_history")],
    ("wagtail_localize:translations_report", ""),
]


def test_a_superuser_opens_every_screen(busy, root_user):
    client = as_user(root_user)
    found = {(name, what): client.get(reverse(name, args=busy[what])).status_code for name, what in SCREENS}
    assert {screen: status for screen, status in found.items() if status != 200} == {}


@pytest.mark.slow
def test_nobody_else_meets_an_error_there(busy, editor, reviewer, moderator, translator):
    """They may be sent away from some."""
    for user in (editor, reviewer, moderator, translator):
        client = as_user(user)
        for name, what in SCREENS:
            assert client.get(reverse(name, args=busy[what])).status_code in {200, 302}, (user, name)


def test_what_awaits_a_person_is_on_their_start_page(busy, reviewer):
    html = as_user(reviewer).get(reverse("wagtailadmin_home")).content.decode()
    assert "Open" in html
    assert "Returned" not in html
