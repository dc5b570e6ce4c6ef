"""What leaves no signal is found by `check_gate`, with exit code 1."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page, PageViewRestriction, Revision

from dfs_workflow.gate import system_publication
from dfs_workflow.models import Decision, PermanentReference, PublicationRefused
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


def restrict_unseen(page):
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=page, restriction_type="login")])


def lift_unseen(page):
    PageViewRestriction.groups.through.objects.all()._raw_delete("default")
    PageViewRestriction.objects.filter(page=page)._raw_delete("default")


def loosen_unseen(page):
    PageViewRestriction.objects.filter(page=page).update(restriction_type="login")


def add_readers_unseen(page):
    row = {"pageviewrestriction_id": page.view_restrictions.get().pk, "group_id": Group.objects.create(name="All").pk}
    PageViewRestriction.groups.through.objects.create(**row)


def delete_the_group(page):
    Group.objects.get(name="Readers").delete()


@pytest.mark.parametrize("tamper", [restrict_unseen, lift_unseen, loosen_unseen, add_readers_unseen, delete_the_group])
def test_readers_that_nobody_decided_are_found(page, tamper):
    if tamper is not restrict_unseen:
        with system_publication(reason="Set up for a test"):
            restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
            restriction.groups.add(Group.objects.create(name="Readers"))
    assert not list(findings())
    tamper(page)
    assert [(finding.label, finding.pk) for finding in findings()] == [("testapp.GovernedPage", page.pk)]


def test_a_restriction_above_the_governed_pages_is_found_too(page):
    restrict_unseen(Page.get_first_root_node())
    assert [finding.pk for finding in findings()] == [Page.get_first_root_node().pk]


def test_a_draft_is_restricted_freely_and_remembered(home):
    """When it is then published, its readers are known to be as they were."""
    draft = home.add_child(instance=GovernedPage(title="Draft", slug="draft"))
    restriction = PageViewRestriction.objects.create(page=draft, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Readers"))
    with system_publication(reason="Set up for a test"):
        draft.save_revision().publish()
    assert not list(findings())
    assert Decision.objects.filter(kind="restrict", object_id=str(draft.pk)).exists()
    with pytest.raises(PublicationRefused), transaction.atomic():
        restriction.groups.clear()
    with system_publication(reason="Taken away"):
        draft.delete()
    assert not list(findings())


def test_a_reference_that_is_registered_for_something_else_is_found(statement):
    PermanentReference.objects.filter(reference=statement.reference).update(reference="TST-99")
    assert [finding.pk for finding in findings()] == [statement.pk]


def test_the_audit_is_quick(home, django_assert_max_num_queries):
    """Statements without child rows cost nothing each but the rows themselves."""
    live_pages(home, *[(GovernedStatement(title=f"S{n}", slug=f"n{n}", reference=f"N-{n}"), []) for n in range(60)])
    with django_assert_max_num_queries(150):
        assert not list(findings())
