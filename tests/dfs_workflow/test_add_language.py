"""A language more by settings and one command; nothing of it is published."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation

from dfs_workflow.gate import system_publication
from dfs_workflow.translation.actions import save_text
from dfs_workflow.translation.query import segments
from tests.dfs_workflow.conftest import as_user, live_pages
from tests.dfs_workflow.world import make_term
from tests.testapp.models import GovernedHome, GovernedPage, GovernedStatement


@pytest.fixture(autouse=True)
def portuguese_in_the_settings(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("pt", "Portuguese")]


def add(code="pt"):
    out = StringIO()
    call_command("add_language", code, stdout=out)
    return out.getvalue()


def work(code="pt"):
    return Translation.objects.filter(target_locale__language_code=code)


def test_all_texts_are_offered_and_nothing_is_published(chapter, roles, english):
    make_term(english)
    before = set(Page.objects.filter(live=True).values_list("pk", flat=True))
    assert add().startswith("6 texts")
    assert set(Page.objects.filter(live=True).values_list("pk", flat=True)) == before
    home = GovernedHome.objects.get(locale__language_code="pt")
    assert (home.live, home.alias_of_id) == (False, None)
    assert home.workflowpage.workflow.name == "Review by a second person"
    assert home.group_permissions.count() == chapter.get_parent().group_permissions.count() > 0
    assert {each.state for each in segments(work().first())} == {"untranslated"}


def test_run_again_it_offers_only_what_is_new(chapter, roles):
    add()
    count = work().count()
    assert add().startswith("0 texts")
    live_pages(chapter, (GovernedStatement(title="Loaded", slug="loaded", reference="TST-9", text="Words"), []))
    assert add().startswith("1 texts")
    assert work().count() == count + 1
    assert GovernedHome.objects.filter(locale__language_code="pt").count() == 1


def test_what_is_published_later_is_offered_too(chapter, roles):
    add()
    page = chapter.get_parent().add_child(instance=GovernedPage(title="Later", slug="later", text="Words"))
    with system_publication(reason="Set up for a test"):
        page.save_revision().publish()
    assert work().filter(source__object_id=page.translation_key).exists()
    assert not Page.objects.filter(locale__language_code="pt", translation_key=page.translation_key).exists()


@pytest.mark.parametrize(
    ("code", "sentence"), [("xx", "not among the languages"), ("en", "written in"), ("", "not among")]
)
def test_a_wrong_code_changes_nothing_and_says_why(chapter, roles, code, sentence):
    with pytest.raises(CommandError, match=sentence):
        add(code)
    assert not Locale.objects.exclude(language_code="en").exists()
    assert not Translation.objects.exists()


def test_readers_get_the_source_with_its_language_marked(chapter, roles, client, settings):
    settings.DFS_WORKFLOW_INTERFACE_LANGUAGES = ["en", "fr"]
    add()
    for address in ("/pt/", "/pt/chapter/", "/pt/r/TST-1/"):
        assert client.get(address).status_code == 200, address


def test_its_first_translation_goes_the_usual_way(chapter, roles, translator: Any, reviewer):
    add()
    statement = GovernedStatement.objects.child_of(chapter).first()
    translation = work().get(source__object_id=statement.translation_key)
    client = as_user(translator)
    for segment in StringSegment.objects.filter(source=translation.source):
        text = f"Em português: {segment.string.data}"
        save_text(by=translator, translation=translation, segment=segment, text=text)
    beside = reverse("dfs_translation_side_by_side", args=[translation.pk])
    submit = reverse("dfs_workflow_submit_translation", args=[translation.pk])
    assert f'href="{submit}"' in client.get(beside).content.decode()
    assert client.get(submit).status_code == 200
    assert "was submitted for review" in client.post(submit, follow=True).content.decode()
    row = GovernedStatement.objects.get(locale__language_code="pt")
    assert not row.live
    row.current_workflow_task.on_action(row.current_workflow_task_state, reviewer, "approve")
    assert GovernedStatement.objects.get(pk=row.pk).text == "Em português: Old words"
