"""All files of an agreement in one: made by the worker, with progress, and gone with the agreement."""

import io
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from dfs_mou.exporters import packs
from dfs_mou.models import FilePack
from dfs_workflow.documents.not_made import NotMade
from tests.dfs_mou.agreed import agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch):
    """What was put into the queue; and every file is quick to make."""
    queue = []
    monkeypatch.setattr("dfs_mou.actions.packs.make_pack", SimpleNamespace(enqueue=queue.append))
    monkeypatch.setattr(packs, "render", lambda document, name, look: f"{name}: {document.title}".encode())
    return queue


def press(hand, django_capture_on_commit_callbacks, go):
    with django_capture_on_commit_callbacks(execute=True):
        return hand.press(go)


def test_all_files_come_in_one_and_the_page_tells_how_far_it_is(edition, asked, django_capture_on_commit_callbacks):
    owner, guest = agreement(edition)
    assert press(owner, django_capture_on_commit_callbacks, "pack").status_code == 302
    assert "0 of 6 files are made." in owner.room().content.decode()
    assert owner.press("packed").status_code == 403
    packs.make_pack.func(*asked)
    answer = guest.press("packed")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == [f"mou-en.{end}" for end in ("docx", "html", "md", "odt", "pdf", "xml")]
    assert "no-store" in answer["Cache-Control"]


def test_a_file_that_cannot_be_made_is_named_and_the_others_are_there(
    edition, asked, monkeypatch, django_capture_on_commit_callbacks
):
    def render(document, name, look):
        if name == "pdf":
            raise NotMade("The compiler was stopped twice.")
        return b"x"

    monkeypatch.setattr(packs, "render", render)
    owner, _guest = agreement(edition)
    press(owner, django_capture_on_commit_callbacks, "pack")
    packs.make_pack.func(*asked)
    assert "could not be made: mou-en.pdf" in owner.room().content.decode()
    assert b"mou-en.docx" in owner.press("packed").content


def test_it_goes_with_the_agreement_and_the_worker_stops(
    edition, asked, monkeypatch, django_capture_on_commit_callbacks
):
    owner, _guest = agreement(edition)
    press(owner, django_capture_on_commit_callbacks, "pack")
    made = []

    def render(document, name, look):
        made.append(name)
        FilePack.objects.get().agreement.delete()
        return b"x"

    monkeypatch.setattr(packs, "render", render)
    packs.make_pack.func(*asked)
    assert (len(made), FilePack.objects.count()) == (1, 0)
    packs.make_pack.func(*asked)  # also when it was deleted before its turn came
    assert len(made) == 1


def test_it_is_of_the_text_as_it_stands_and_for_an_hour(edition, asked, django_capture_on_commit_callbacks):
    owner, guest = agreement(edition)
    press(owner, django_capture_on_commit_callbacks, "pack")
    packs.make_pack.func(*asked)
    FilePack.objects.update(asked_at=timezone.now() - timedelta(minutes=61))
    assert owner.press("packed").status_code == 403
    press(owner, django_capture_on_commit_callbacks, "pack")
    packs.make_pack.func(asked[1])
    assert FilePack.objects.count() == 1
    FilePack.objects.update(content_hash="0" * 64)
    assert guest.press("packed").status_code == 403
