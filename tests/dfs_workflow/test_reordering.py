"""Who may change a page may drag what stands below it; nothing but the order changes."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from dfs_workflow.models import ContentVersion, Decision
from tests.dfs_workflow.conftest import as_user, in_group, person
from tests.testapp.models import GovernedStatement

pytestmark = pytest.mark.django_db


def drag(user, page, position):
    return as_user(user).post(reverse("wagtailadmin_pages:set_page_position", args=[page.pk]) + f"?position={position}")


def order(chapter):
    return [page.slug for page in Page.objects.get(pk=chapter.pk).get_children()]


def words():
    return list(GovernedStatement.objects.order_by("pk").values("pk", "text", "live", "live_revision_id", "url_path"))


@pytest.mark.parametrize("who", ["editor", "moderator"])
@pytest.mark.parametrize(
    ("slug", "position", "after"),
    [
        ("s3", "0", ["s3", "s1", "s2"]),
        ("s1", "1", ["s2", "s1", "s3"]),
        ("s1", "2", ["s2", "s3", "s1"]),
        ("s1", "", ["s2", "s3", "s1"]),
        ("s2", "-1", ["s1", "s3", "s2"]),
        ("s2", "99999", ["s1", "s3", "s2"]),
    ],
)
def test_who_may_change_the_chapter_drags_its_statements(request, chapter, who, slug, position, after):
    user, page = request.getfixturevalue(who), GovernedStatement.objects.get(slug=slug)
    before, decisions, version = words(), Decision.objects.count(), ContentVersion.current()
    assert drag(user, page, position).status_code == 200
    assert order(chapter) == after
    assert words() == before
    assert Decision.objects.count() == decisions
    assert ContentVersion.current() > version
    assert Page.find_problems() == ([], [], [], [], [])
    entry = PageLogEntry.objects.get(page=page.pk, action="wagtail.reorder")
    assert entry.user == user


def test_a_page_left_where_it_is_leaves_no_trace(chapter, editor):
    drag(editor, GovernedStatement.objects.get(slug="s2"), 1)
    assert order(chapter) == ["s1", "s2", "s3"]
    assert not PageLogEntry.objects.filter(action="wagtail.reorder").exists()


def test_others_are_refused(chapter, roles, awa):
    page = GovernedStatement.objects.get(slug="s3")
    for user in (in_group(person("new"), "Contributors"), person("nobody"), awa):
        assert drag(user, page, 0).status_code in (302, 403)
    inactive = in_group(person("gone", is_active=False), "Editors")
    assert drag(inactive, page, 0).status_code == 302
    assert order(chapter) == ["s1", "s2", "s3"]


def test_dragging_is_no_way_to_move_elsewhere_or_to_reorder_other_pages(chapter, foreign, editor):
    page = GovernedStatement.objects.get(slug="s3")
    assert as_user(editor).get(reverse("wagtailadmin_pages:set_page_position", args=[page.pk])).status_code == 405
    drag(editor, foreign, 0)
    assert [page.slug for page in foreign.get_parent().get_children()] == ["chapter", "foreign"]


def test_the_explorer_offers_it(chapter, editor):
    html = as_user(editor).get(reverse("wagtailadmin_explore", args=[chapter.pk]) + "?ordering=ord").content.decode()
    assert 'data-controller="w-orderable"' in html
    assert "Sort menu order" in html
