"""What leaves no signal is found by `check_gate`, with exit code 1."""

from io import StringIO

import pytest
from django.core import serializers
from django.core.management import call_command
from wagtail.models import Page, Revision

from dfs_workflow.models import Decision, PermanentReference
from dfs_workflow.reports import findings
from tests.dfs_workflow.conftest import live_pages
from tests.testapp.models import Audience, GovernedPage, GovernedStatement, Note


@pytest.fixture
def page(home):
    page = GovernedPage(title="Whole", slug="whole", text="Words", audiences=[Audience.objects.create(name="mno")])
    page.notes = [Note(text="one", sort_order=0)]
    return live_pages(home, (page, []))[0]


def update(page):
    GovernedPage.objects.filter(pk=page.pk).update(text="Tampered")


def bulk_update(page):
    page.text = "Tampered"
    GovernedPage.objects.bulk_update([page], ["text"])


def update_base_row(page):
    Page.objects.filter(pk=page.pk).update(title="Tampered")


def load_fixture(page):
    page.text = "Tampered"
    text = serializers.serialize("json", [page], fields=["text", "body"])
    for item in serializers.deserialize("json", text):
        item.save()


def write_child_row(page):
    Note.objects.filter(page=page).update(text="Tampered")


def add_child_row(page):
    Note.objects.create(page=page, text="Tampered", sort_order=1)


def write_m2m_row(page):
    GovernedPage.audiences.through.objects.create(
        governedpage_id=page.pk, audience_id=Audience.objects.create(name="bank").pk
    )


def move_in_the_tree(page):
    Page.objects.filter(pk=page.pk).update(url_path="/elsewhere/whole/")


def rewrite_the_version(page):
    revision = page.live_revision
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"text": "Tampered"})


def set_live(page):
    Page.objects.filter(pk=page.pk).update(live_revision=None)


def forge_own_decision(page):
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create_user("forger")
    Revision.objects.filter(pk=page.live_revision_id).update(user=user)
    Decision.objects.filter(revision=page.live_revision_id).update(kind="review", by=user)


@pytest.mark.parametrize(
    "tamper",
    [
        *(update, bulk_update, update_base_row, load_fixture, write_child_row, add_child_row, write_m2m_row),
        *(move_in_the_tree, rewrite_the_version, set_live, forge_own_decision),
    ],
)
def test_it_is_found(page, tamper):
    call_command("check_gate", stdout=StringIO())
    tamper(page)
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_gate", stdout=out)
    assert stopped.value.code == 1
    assert f"testapp.GovernedPage {page.pk} “" in out.getvalue()
    assert [finding.pk for finding in findings()] == [page.pk]


def test_a_reference_that_is_registered_for_something_else_is_found(statement):
    PermanentReference.objects.filter(reference=statement.reference).update(reference="TST-99")
    assert [finding.pk for finding in findings()] == [statement.pk]


def test_the_audit_is_quick(home, django_assert_max_num_queries):
    """Statements without child rows cost nothing each but the rows themselves."""
    live_pages(home, *[(GovernedStatement(title=f"S{n}", slug=f"n{n}", reference=f"N-{n}"), []) for n in range(60)])
    with django_assert_max_num_queries(150):
        assert not list(findings())
