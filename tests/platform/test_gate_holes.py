"""Ways around two people that look harmless: switching a task off, translating without saving, copying."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import TaskState
from wagtail_localize.models import SegmentOverride, StringTranslation

from dfs_pages.models import RecommendationPage
from dfs_workflow import actions
from dfs_workflow.models import FourEyesTask
from dfs_workflow.models.authorship import authors

COPY = {"new_title": "Copy", "new_slug": "copy"}


@pytest.fixture
def reviewed_site(content: object) -> None:
    actions.set_up_roles()


def page_in(language: str) -> RecommendationPage:
    return RecommendationPage.objects.get(reference="SIM-MNO-03", locale__language_code=language)


def submitted(title: str) -> RecommendationPage:
    editor = User.objects.create_user("writer")
    editor.groups.add(Group.objects.get(name="Editors"))
    page = page_in("en")
    page.title = title
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    return page


@pytest.mark.usefixtures("reviewed_site")
def test_switching_the_task_off_publishes_nothing() -> None:
    submitted("Never approved")
    root = Client(raise_request_exception=False)
    root.force_login(User.objects.create_superuser("root-account"))
    root.post(f"/admin/workflows/tasks/disable/{FourEyesTask.objects.get().pk}/")
    assert page_in("en").title != "Never approved"


@pytest.mark.usefixtures("reviewed_site")
def test_an_approval_publishes() -> None:
    page = submitted("Approved")
    reviewer = User.objects.create_user("second-person")
    reviewer.groups.add(Group.objects.get(name="Reviewers"))
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS)
    state.task.specific.on_action(state.specific, reviewer, "approve")
    assert page_in("en").title == "Approved"


@pytest.mark.usefixtures("reviewed_site")
def test_who_wrote_sentences_of_a_translation_is_one_of_its_authors() -> None:
    page = page_in("ar")
    translator = User.objects.create_user("translator-of-one-word")
    sentence = StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale=page.locale, last_translated_by=None
    ).first()
    assert sentence and translator.pk not in authors(page)
    sentence.last_translated_by = translator
    sentence.save()
    assert translator.pk in authors(page)
    linker = User.objects.create_user("replaced-a-link")
    SegmentOverride.objects.create(
        context_id=sentence.context_id, locale=page.locale, last_translated_by=linker, data_json='"https://example.org"'
    )
    assert {translator.pk, linker.pk} <= authors(page)


@pytest.mark.usefixtures("reviewed_site")
def test_a_statement_is_not_copied_and_says_why(admin_client: Client) -> None:
    page = page_in("en")
    response = admin_client.post(
        f"/admin/pages/{page.pk}/copy/", {"new_title": "Copy", "new_slug": "copy"}, follow=True
    )
    assert response.status_code == 200
    assert "was not copied" in response.content.decode()
    assert not RecommendationPage.objects.filter(slug="copy").exists()
