"""Saved answers: a link that is a key, ends, and can be deleted for good."""

import hashlib
import sqlite3
from datetime import timedelta

import pytest
from django.db.utils import ConnectionHandler
from django.test import Client
from django.utils import timezone

from dfs_mou import actions
from dfs_mou.actions.erasing import empty_log
from dfs_mou.models import Agreement
from dfs_site.settings.env import database
from tests.dfs_mou.form import Form, text_of

pytestmark = pytest.mark.django_db
URL = "/en/mou-builder/"


@pytest.fixture
def saved(client, edition, directory):
    step = Form(client, client.get(URL)).press("telecom_regulator")
    response = step.press("save", **{"a.en.telecom_regulator_name": "Board of Atlantis"}).response
    assert response.status_code == 302
    return response


def token_of(response):
    return response["Location"].rstrip("/").rsplit("/", 1)[1]


def test_the_link_brings_the_answers_back(client, saved):
    page = client.get(saved["Location"])
    assert page.status_code == 200
    assert Form(client, page).press("telecom_regulator").value("a.en.telecom_regulator_name") == "Board of Atlantis"


def test_the_link_brings_the_country_and_the_authorities_back(client, edition, directory):
    step = Form(client, client.get(URL)).press("country", country="SN")
    other = str(directory["other"].pk)
    page = Form(client, client.get(step.press("save", regulator=other).response["Location"]))
    assert (page.value("country"), page.value("regulator")) == ("SN", other)
    assert "Agence nationale des fréquences" in page.press("preview").text
    assert "Senegal" not in page.press("country", country="NG").value("state")


def test_only_the_hash_of_the_token_is_stored(saved):
    row = Agreement.objects.get()
    token = token_of(saved)
    assert len(token) >= 43
    assert row.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(row.__dict__)


def test_pages_behind_the_link_are_kept_nowhere(client, saved):
    for response in (saved, client.get(saved["Location"])):
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "no-referrer"


def test_the_link_ends_after_90_days(client, saved):
    row = Agreement.objects.get()
    assert timedelta(days=89) < row.expires_at - timezone.now() <= timedelta(days=90)
    Agreement.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    gone = client.get(saved["Location"])
    assert gone.status_code == 404
    assert "no answers under this link" in text_of(gone)
    assert gone["Referrer-Policy"] == "no-referrer"


def test_saving_again_keeps_the_link(client, saved):
    page = Form(client, client.get(saved["Location"])).press("telecom_regulator")
    again = page.press("save", **{"a.en.telecom_regulator_name": "Other Board"}).response
    assert again["Location"] == saved["Location"]
    assert Agreement.objects.get().answers["values"]["en"]["telecom_regulator_name"] == "Other Board"


def test_the_button_deletes_for_good(client, saved):
    token = token_of(saved)
    response = client.post(f"{URL}delete/", {"token": token})
    assert response.status_code == 200
    assert "Your answers are deleted" in text_of(response)
    assert not Agreement.objects.exists()
    assert client.get(saved["Location"]).status_code == 404
    assert client.post(f"{URL}delete/", {"token": token}).status_code == 404


def test_the_file_of_sqlite_and_its_log_lose_what_was_deleted(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    files = ConnectionHandler({"default": database(f"sqlite:///{tmp_path}/db.sqlite3")})
    with files["default"].cursor() as cursor, sqlite3.connect(tmp_path / "db.sqlite3") as other:
        cursor.execute("CREATE TABLE agreement (answers text)")
        cursor.execute("INSERT INTO agreement VALUES (%s)", ["the secret of two authorities"])
        assert other.execute("SELECT count(*) FROM agreement").fetchone() == (1,)
        assert any(b"two authorities" in file.read_bytes() for file in tmp_path.iterdir())
        cursor.execute("DELETE FROM agreement")
        empty_log(files["default"])
        assert not any(b"two authorities" in file.read_bytes() for file in tmp_path.iterdir())
    files["default"].close()


def test_every_deletion_empties_the_log(client, saved, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as after:
        actions.delete_expired_agreements(by=None, at=timezone.now())
    assert empty_log in after


def test_deleting_needs_the_secret_of_the_form_and_post(edition, directory, saved):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{URL}delete/", {"token": token_of(saved)}).status_code == 403
    assert strict.get(f"{URL}delete/").status_code == 405
    page = strict.get(saved["Location"])
    secret = Form(strict, page).value("csrfmiddlewaretoken")
    sent = {"token": token_of(saved), "csrfmiddlewaretoken": secret}
    assert strict.post(f"{URL}delete/", sent, headers={"origin": "null"}).status_code == 200


@pytest.mark.parametrize("token", ["x", "a" * 500, "%2e%2e", "' OR 1=1 --"])
def test_a_guessed_link_leads_nowhere(client, edition, saved, token):
    assert client.get(f"{URL}resume/{token}/").status_code == 404


def test_wrong_answers_are_not_saved(client, edition, directory):
    step = Form(client, client.get(URL)).press("security")
    assert step.press("save", **{"a..sim_swap_hold_hours": "1"}).status == 422
    assert not Agreement.objects.exists()


def test_answers_outlive_a_question_that_was_removed(client, saved):
    row = Agreement.objects.get()
    row.answers["common"]["question_of_old"] = "x"
    row.save()
    page = Form(client, client.get(saved["Location"])).press("preview")
    assert page.status == 200
    assert "Board of Atlantis" in page.text


def test_expired_answers_are_deleted(saved):
    later = timezone.now() + timedelta(days=91)
    assert actions.delete_expired_agreements(by=None, at=timezone.now()) == 0
    assert actions.delete_expired_agreements(by=None, at=later) == 1
    assert not Agreement.objects.exists()
