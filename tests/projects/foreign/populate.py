"""Fills the foreign site: two languages, page types, people, groups and a workflow of its own."""

from django.contrib.auth.models import Group, Permission, User
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from tests.projects.foreign.models import ArticlePage, Notice


def populate() -> None:
    french = Locale.objects.create(language_code="fr")
    root = Page.get_first_root_node()
    home = root.add_child(instance=ArticlePage(title="Their home", slug="their-home", body="<p>Welcome</p>"))
    Site.objects.update(root_page=home)
    Page.objects.filter(slug="home").first().delete()
    first = home.add_child(instance=ArticlePage(title="First", slug="first", body='<p data-block-key="a">One</p>'))
    first.copy_for_translation(french, copy_parents=True)
    for page in ArticlePage.objects.filter(locale=french, alias_of=None):
        page.save_revision().publish()
    notice = Notice.objects.create(text="A notice")
    notice.save_revision().publish()
    make_people(home)


def make_people(home: Page) -> None:
    group = Group.objects.create(name="Their editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in ("add", "change", "publish"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
        GroupPagePermission.objects.create(group=group, page=home, permission=permission)
    User.objects.create_user("their-editor", password="x").groups.add(group)
    User.objects.create_superuser("their-boss", password="x")
    workflow = Workflow.objects.create(name="Their workflow")
    task = GroupApprovalTask.objects.create(name="Their approval")
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)
