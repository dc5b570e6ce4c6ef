"""That a changed sentence means the same is said by editors of its source, not by who translates or reviews it."""

import pytest
from django.urls import reverse

from dfs_workflow.gate import system_publication
from dfs_workflow.translation.models import SourceChange
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.translating import publish_current


@pytest.fixture
def changed(translation, chapter):
    """The source says the same in other words, and French waits."""
    publish_current(translation)
    with system_publication(reason="Set up for a test"):
        chapter.text = "Introduction"
        chapter.save_revision().publish()
    return SourceChange.objects.get(context__path="text")


@pytest.mark.parametrize(
    ("role", "may"), [("translator", False), ("reviewer", False), ("editor", True), ("moderator", True)]
)
def test_only_editors_of_the_source_say_that_the_meaning_stayed(changed, translation, chapter, role, may, request):
    client = as_user(request.getfixturevalue(role))
    url = reverse("dfs_translation_source", args=[translation.source_id])
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk])).content.decode()
    assert (f'href="{url}"' in edit) is may
    assert (client.get(url).status_code == 200) is may
    client.post(url, {"unchanged": changed.pk})
    changed.refresh_from_db()
    assert changed.unchanged_by_name == (role if may else "")
    again = client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk])).content.decode()
    assert f'href="{url}"' not in again


def test_a_translator_has_no_way_around_by_the_translated_page(changed, translation, translator):
    french = translation.get_target_instance()
    edit = as_user(translator).get(reverse("wagtailadmin_pages:edit", args=[french.pk])).content.decode()
    assert reverse("dfs_translation_source", args=[translation.source_id]) not in edit
