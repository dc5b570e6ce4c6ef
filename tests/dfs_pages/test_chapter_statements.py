"""All statements of a chapter in one form."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from dfs_pages.models import ChapterPage, RecommendationPage, ThreatPage

ENGLISH = {"locale__language_code": "en"}


@pytest.fixture
def section(content):
    return ChapterPage.objects.get(**ENGLISH, reference_prefix="SIM-MNO")


@pytest.fixture
def statement(section):
    return RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03")


@pytest.fixture
def address(section):
    return reverse("dfs_pages_statements", args=[section.pk])


def fields(response):
    """What a browser would send back."""
    form = BeautifulSoup(response.content, "html.parser").find("main").find("form")
    texts = {row["name"]: row.get_text().removeprefix("\n") for row in form.find_all("textarea")}
    return {row["name"]: row.get("value", "") for row in form.find_all("input")} | texts


def drafts(section):
    return list(section.get_children().filter(has_unpublished_changes=True).values_list("pk", flat=True))


def test_only_what_was_reworded_becomes_a_draft_and_readers_see_nothing(admin_client, address, section, statement):
    sent = fields(admin_client.get(address)) | {f"{statement.pk}-statement": "New words."}
    done = admin_client.post(address, sent, follow=True)
    assert "1 draft was saved." in done.content.decode()
    assert drafts(section) == [statement.pk]
    statement.refresh_from_db()
    assert statement.statement != "New words."
    assert statement.get_latest_revision_as_object().statement == "New words."
    assert statement.latest_revision.user.username == "admin"


def test_saving_can_go_on_to_submitting_the_chapter(admin_client, address, section, statement):
    sent = fields(admin_client.get(address)) | {f"{statement.pk}-statement": "New words.", "submit": ""}
    response = admin_client.post(address, sent)
    assert response["Location"] == reverse("dfs_workflow_submit_bundle", args=[section.pk])


def test_a_version_of_somebody_else_is_not_overwritten_and_nothing_is_saved(admin_client, address, section, statement):
    sent = fields(admin_client.get(address))
    statement.statement = "Theirs."
    statement.save_revision(changed=True)
    other = next(name for name in sent if name.endswith("-statement") and not name.startswith(f"{statement.pk}-"))
    response = admin_client.post(address, sent | {f"{statement.pk}-statement": "Mine.", other: "Mine too."})
    page = response.content.decode()
    assert "Somebody else saved this meanwhile." in page
    assert "Mine." in page and "Mine too." in page
    assert drafts(section) == [statement.pk]
    assert statement.get_latest_revision_as_object().statement == "Theirs."


def test_what_somebody_else_saved_elsewhere_does_not_stop_my_words(admin_client, address, section, statement):
    sent = fields(admin_client.get(address))
    other = section.get_children().type(RecommendationPage).exclude(pk=statement.pk).first().specific
    other.statement = "Theirs."
    other.save_revision(changed=True)
    sent[f"{statement.pk}-statement"] = "Mine."
    # The form still shows the old words of the other one: unchanged for its writer, so left alone.
    assert admin_client.post(address, sent).status_code == 302
    statement.refresh_from_db()
    assert other.get_latest_revision_as_object().statement == "Theirs."
    assert statement.get_latest_revision_as_object().statement == "Mine."


def test_an_empty_statement_is_refused_beside_its_field(admin_client, address, section, statement):
    sent = fields(admin_client.get(address)) | {f"{statement.pk}-statement": ""}
    response = admin_client.post(address, sent)
    assert response.status_code == 200
    assert "This field is required." in response.content.decode()
    assert drafts(section) == []


def test_a_locked_statement_is_shown_and_stays(admin_client, address, section, statement, django_user_model):
    other = django_user_model.objects.create_user("somebody")
    RecommendationPage.objects.filter(pk=statement.pk).update(locked=True, locked_by=other)
    page = admin_client.get(address)
    assert "Locked or under review." in page.content.decode()
    admin_client.post(address, fields(page) | {f"{statement.pk}-statement": "Mine."})
    assert drafts(section) == []


def test_it_is_offered_for_chapters_and_families_of_the_source_only(admin_client, section, content):
    def offered(page):
        return (
            reverse("dfs_pages_statements", args=[page.pk])
            in admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        )

    assert offered(section)
    assert offered(ThreatPage.objects.filter(**ENGLISH).first())
    assert not offered(RecommendationPage.objects.filter(**ENGLISH).first())
    french = section.get_translation(section.locale.__class__.objects.get(language_code="fr"))
    response = admin_client.get(reverse("dfs_pages_statements", args=[french.pk]))
    assert response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")


def test_a_person_without_rights_is_sent_away(client, address, statement, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody"))
    assert client.get(address).status_code == 403
    assert client.post(address, {f"{statement.pk}-statement": "Mine."}).status_code == 403
    statement.refresh_from_db()
    assert not statement.has_unpublished_changes
