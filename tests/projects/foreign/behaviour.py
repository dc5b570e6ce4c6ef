"""What can be seen of the foreign site from outside; two runs must say the same."""

import json
import sys
from typing import Any

import django

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Locale, Page, Workflow, WorkflowPage  # noqa: E402

from tests.projects.foreign.models import ArticlePage, Notice  # noqa: E402
from tests.projects.foreign.populate import populate  # noqa: E402

PARAGRAPH = {"key": "a", "text": "One", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
BODY = {"blocks": [{**PARAGRAPH, "data": {}}], "entityMap": {}}

# Those of Wagtail itself are among them, and nobody is in these.
THEIR_GROUPS = ("Their editors", "Editors", "Moderators")


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def edit(client: Client, page: ArticlePage, title: str, action: str) -> int:
    form = {"title": title, "slug": page.slug, "body": json.dumps(BODY), action: "1"}
    form |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    return client.post(f"/admin/pages/{page.pk}/edit/", form).status_code


def describe() -> dict[str, Any]:
    reader, editor, boss = Client(), signed_in("their-editor"), signed_in("their-boss")
    first = ArticlePage.objects.get(slug="first", locale__language_code="en")
    home = first.get_parent().specific
    seen: dict[str, Any] = {
        "pages": {path: reader.get(path).content.decode() for path in ("/en/", "/en/first/", "/fr/first/")},
        "workflows": sorted(
            f"{row.workflow.name} on {row.page.title}" for row in WorkflowPage.objects.all() if is_theirs(row)
        ),
        "groups": {
            group.name: sorted(str(permission) for permission in group.permissions.all())
            for group in Group.objects.filter(name="Their editors")
        },
        "rights on pages": sorted(
            f"{row.group.name}: {row.permission.codename} on {row.page.title}"
            for row in GroupPagePermission.objects.filter(group__name__in=THEIR_GROUPS, page__in=their_pages())
        ),
        "rights on files": sorted(
            f"{row.group.name}: {row.permission.codename}"
            for row in GroupCollectionPermission.objects.filter(group__name__in=THEIR_GROUPS)
        ),
        "locales": sorted(Locale.objects.values_list("language_code", flat=True)),
    }
    seen["edit form"] = editor.get(f"/admin/pages/{first.pk}/edit/").status_code
    seen["publish button"] = b'name="action-publish"' in editor.get(f"/admin/pages/{first.pk}/edit/").content
    seen["publish alone"] = (edit(editor, first, "First again", "action-publish"), live_title(first))
    seen["submit"] = (edit(editor, first, "Submitted", "action-submit"), live_title(first))
    seen["approve"] = approve(editor, first)
    seen["back"] = (edit(editor, first, "First", "action-publish"), live_title(first))
    seen["unpublish"] = in_turn(boss, f"/admin/pages/{first.pk}/unpublish/", first)
    first.refresh_from_db()
    first.save_revision().publish()
    seen["published again"] = live_title(first)
    seen["born live"] = born_live(home)
    notice = Notice.objects.get()
    notice.text = "A notice"
    notice.save()
    notice.save_revision().publish()
    seen["notice"] = Notice.objects.get().live
    return seen


def their_pages() -> list[int]:
    return [page.pk for page in Page.objects.specific() if type(page) is Page or isinstance(page, ArticlePage)]


def is_theirs(row: WorkflowPage) -> bool:
    return isinstance(row.page.specific, ArticlePage)


def live_title(page: ArticlePage) -> str:
    return ArticlePage.objects.get(pk=page.pk).title


def approve(client: Client, page: ArticlePage) -> tuple[int, str]:
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    url = f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/"
    return client.post(url, {"comment": ""}).status_code, live_title(page)


def in_turn(client: Client, url: str, page: ArticlePage) -> tuple[int, bool]:
    return client.post(url).status_code, Page.objects.get(pk=page.pk).live


def born_live(home: Page) -> tuple[bool, bool]:
    page = home.add_child(instance=ArticlePage(title="Extra", slug="extra"))
    moved_to = ArticlePage.objects.get(slug="first", locale__language_code="en")
    live = page.live
    page.move(moved_to, "last-child")
    Page.objects.get(pk=page.pk).delete()
    return live, Page.objects.filter(slug="extra").exists()


if __name__ == "__main__":
    if "populate" in sys.argv:
        populate()
    assert Workflow.objects.filter(name="Their workflow").exists()
    print(json.dumps(describe(), sort_keys=True, default=list))
