"""A file that readers see on a reviewed page is not replaced or deleted by one person."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from wagtail.documents import get_document_model

from dfs_workflow.actions import submit_bundle
from dfs_workflow.gate import system_publication
from dfs_workflow.models import PublicationRefused
from tests.dfs_workflow.conftest import as_user
from tests.testapp.models import ForeignPage

Document = get_document_model()


@pytest.fixture
def document(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Document.objects.create(title="Guide", file=ContentFile(b"one", "guide.pdf"), uploaded_by_user=editor)


def link(document):
    return [("text", f'<p><a linktype="document" id="{document.pk}">Guide</a></p>')]


@pytest.fixture
def shown(chapter, document):
    page = chapter
    page.body = link(document)
    with system_publication(reason="test"):
        page.save_revision().publish()
    return page


def test_a_shown_file_is_not_deleted_in_the_admin(shown, document, editor):
    url = reverse("wagtaildocs:delete", args=[document.pk])
    response = as_user(editor).post(url, headers={"referer": "http://testserver/admin/documents/"}, follow=True)
    assert f"“{shown}” shows it" in response.content.decode()
    assert Document.objects.filter(pk=document.pk).exists()
    with pytest.raises(PublicationRefused):
        Document.objects.all().delete()


def test_a_shown_file_is_guarded_before_the_worker_has_noted_where_it_is_shown(settings, chapter, document):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    chapter.body = link(document)
    with system_publication(reason="test"):
        chapter.save_revision().publish()
    with pytest.raises(PublicationRefused, match="shows it"):
        document.delete()


def test_a_shown_file_is_not_replaced_but_may_be_named_anew(shown, document):
    document.title = "The guide"
    document.save()
    document.file = ContentFile(b"two", "other.pdf")
    with pytest.raises(PublicationRefused, match="was not replaced"):
        document.save()
    assert Document.objects.get(pk=document.pk).file.read() == b"one"


def test_a_file_that_no_reader_sees_is_free(chapter, document):
    chapter.body = link(document)
    chapter.save_revision()
    document.file = ContentFile(b"two", "other.pdf")
    document.save()
    document.delete()
    assert not Document.objects.exists()


def test_files_of_foreign_pages_are_left_alone(foreign, document):
    assert isinstance(foreign, ForeignPage)
    document.delete()


@pytest.fixture(params=["alone", "in a bundle"])
def submitted(chapter, document, editor, request):
    chapter.body = link(document)
    chapter.save_revision(user=editor)
    if request.param == "alone":
        chapter.get_workflow().start(chapter, editor)
    else:
        submit_bundle(title="Both", objects=[type(chapter).objects.get(pk=chapter.pk)], by=editor)
    return chapter


def test_a_file_stays_what_the_reviewer_reads(submitted, document, editor):
    document.file = ContentFile(b"two", "other.pdf")
    with pytest.raises(PublicationRefused, match="which is under review"), transaction.atomic():
        document.save()
    with pytest.raises(PublicationRefused, match="which is under review"), transaction.atomic():
        document.delete()
    assert Document.objects.get(pk=document.pk).file.read() == b"one"
