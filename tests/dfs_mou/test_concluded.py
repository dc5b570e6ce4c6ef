"""Concluded MOUs: signed copies for the parties alone, dates from the MOU's own terms, a register by consent."""

import datetime
import json
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dfs_mou import query
from dfs_mou.documents import house_sample
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.terms import Terms, months_after, start_of, terms_of
from dfs_mou.models import Agreement, AgreementParty, Conclusion, DeletedAgreement, SignedCopy
from tests.dfs_mou.agreed import ANSWERS, URL, Hand, agreement, seal, signed_pair, signed_today
from tests.dfs_mou.form import text_of
from tests.dfs_mou.mou_content import supplied
from tests.dfs_mou.pdf_files import PDF

pytestmark = pytest.mark.django_db
REGISTER = "/en/mou/register/"
DAY = datetime.date


@pytest.fixture
def hands(edition):
    return agreement(edition)


@pytest.fixture
def signed(hands):
    return signed_today(*hands)


@pytest.fixture
def pair(edition, directory):
    return signed_pair(edition, directory)


@pytest.fixture
def members(pair):
    """One of each authority, who joined for it."""
    assert [hand.press("join").status_code for hand in pair] == [302, 302]
    return pair


def pdf(content=PDF, name="signed.pdf"):
    return SimpleUploadedFile(name, content)


def test_only_a_text_that_all_agreed_to_is_recorded_as_signed(hands):
    owner, guest = hands
    assert owner.press("sign", signed_on="2026-11-02").status_code == 403
    seal(owner, guest)
    assert owner.press("sign", signed_on="2999-01-01").status_code == 403
    assert owner.press("sign", signed_on="2 November").status_code == 403
    assert guest.press("sign", signed_on="2026-11-02").status_code == 302
    row = Conclusion.objects.get()
    assert (row.signed_on, row.starts_on, row.by_name) == (DAY(2026, 11, 2), DAY(2026, 11, 2), "Bank of Atlantis")
    assert row.title == "Memorandum of Understanding"
    page = text_of(owner.room())
    assert "Record as signed" not in page
    assert "2 November 2027" in page
    assert owner.press("reopen").status_code == 403
    assert owner.press("invite", name="Third").status_code == 403
    assert owner.press("sign", signed_on="2026-11-02").status_code == 403


@pytest.mark.parametrize(
    ("common", "today", "wanted"),
    [
        ({}, DAY(2026, 2, 1), Terms(DAY(2027, 1, 31), DAY(2028, 11, 2), DAY(2029, 1, 31))),
        ({"review_period_months": 6}, DAY(2026, 8, 1), Terms(DAY(2027, 1, 31), DAY(2028, 11, 2), DAY(2029, 1, 31))),
        ({"review_period_months": 13}, DAY(2026, 2, 1), Terms(DAY(2027, 2, 28), DAY(2028, 11, 2), DAY(2029, 1, 31))),
        ({"term_type": "indefinite"}, DAY(2026, 2, 1), Terms(DAY(2027, 1, 31), None, None)),
        ({"termination_notice_days": 30}, DAY(2029, 2, 1), Terms(DAY(2030, 1, 31), DAY(2032, 1, 1), DAY(2032, 1, 31))),
    ],
)
def test_dates_are_counted_from_the_terms_of_the_mou_itself(common, today, wanted):
    answers = Answers(common)
    assert terms_of(supplied(), answers, starts_on=DAY(2026, 1, 31), today=today) == wanted


def test_a_fixed_day_is_the_start_and_the_last_day_of_a_month_stays_the_last():
    answers = Answers({"effective_date_mode": "on_date", "effective_date": "2026-10-01"})
    assert start_of(supplied(), answers, DAY(2026, 9, 1)) == DAY(2026, 10, 1)
    assert start_of(supplied(), Answers({}), DAY(2026, 9, 1)) == DAY(2026, 9, 1)
    assert months_after(DAY(2024, 2, 29), 12) == DAY(2025, 2, 28)
    assert months_after(DAY(2024, 1, 31), 1) == DAY(2024, 2, 29)


def test_a_signed_copy_opens_by_the_links_of_the_parties_and_by_no_other(signed, admin_client):
    owner, guest = signed
    assert owner.press("attach", copy=pdf()).status_code == 302
    copy = SignedCopy.objects.get()
    for hand in signed:
        response = hand.press(f"copy.{copy.pk}")
        assert response.content == PDF
        assert "no-store" in response["Cache-Control"]
        assert response["Content-Disposition"].startswith("attachment")
    strangers = (Hand("x"), Hand("a" * 43), Hand(guest.token[:-1]), Hand(guest.token[:-1], admin_client))
    assert {hand.press(f"copy.{copy.pk}").status_code for hand in strangers} == {404}
    assert owner.press("copy.999999").status_code == 403
    assert owner.press(f"detach.{copy.pk}").status_code == 302
    assert not SignedCopy.objects.exists()


def test_the_register_names_an_mou_once_every_authority_agreed_and_no_longer(members):
    reader = Client()
    owner, guest = members
    assert owner.press("consent").status_code == 302
    assert "MOU of Atlantis" not in text_of(reader.get(REGISTER))
    assert guest.press("consent").status_code == 302
    page = text_of(reader.get(REGISTER))
    for words in ("MOU of Atlantis", "Nigerian Communications Commission", "Central Bank of Nigeria"):
        assert words in page
    found = reader.get("/api/v1/mou/register").json()
    assert found["count"] == 1
    item = found["items"][0]
    assert [row["key"] for row in item["authorities"]] == ["ncc", "cbn"]
    assert set(item) == {
        *("title", "language", "authorities", "signed_on", "in_force_from"),
        *("template", "template_version", "edition_sha256"),
    }
    assert guest.press("withdraw").status_code == 302
    assert "MOU of Atlantis" not in text_of(reader.get(REGISTER))
    assert reader.get("/api/v1/mou/register").json()["count"] == 0


def test_a_link_alone_can_withdraw_but_not_give_consent(members):
    owner, guest = members
    by_link = Hand(guest.token)
    assert by_link.press("consent").status_code == 403
    owner.press("consent")
    guest.press("consent")
    assert query.register().count() == 1
    assert by_link.press("withdraw").status_code == 302
    assert query.register().count() == 0


def test_taking_the_record_back_takes_copies_and_consent_along(members):
    owner, guest = members
    owner.press("attach", copy=pdf())
    owner.press("consent")
    guest.press("consent")
    assert owner.press("unsign").status_code == 302
    assert not SignedCopy.objects.exists()
    assert not AgreementParty.objects.exclude(consented_at=None).exists()
    assert owner.press("reopen").status_code == 302


def test_nobody_removes_the_signed_copy_of_another_party(members):
    owner, guest = members
    owner.press("attach", copy=pdf())
    copy = SignedCopy.objects.get()
    assert f"detach.{copy.pk}" not in guest.room().content.decode()
    for action in (f"detach.{copy.pk}", "unsign"):
        assert "Another party added" in text_of(guest.press(action))
    assert SignedCopy.objects.exists() and Conclusion.objects.exists()
    copy.party.name = "A name that came later"
    copy.party.save()
    assert f"detach.{copy.pk}" in owner.room().content.decode()
    assert owner.press(f"detach.{copy.pk}").status_code == 302
    assert guest.press("unsign").status_code == 302
    assert not Conclusion.objects.exists()


def test_deleting_leaves_nothing_of_a_concluded_mou(members):
    owner, guest = members
    owner.press("attach", copy=pdf())
    owner.press("consent")
    guest.press("consent")
    owner.client.post(f"{URL}delete/", {"token": owner.token})
    assert [model.objects.count() for model in (Agreement, Conclusion, SignedCopy, AgreementParty)] == [0, 0, 0, 0]
    assert DeletedAgreement.objects.count() == 1
    assert "Atlantis" not in text_of(Client().get(REGISTER))


def dates(**days):
    Conclusion.objects.update(
        **{name: timezone.localdate() + datetime.timedelta(value) for name, value in days.items()}
    )


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    return lambda: reminders(django_capture_on_commit_callbacks)


def reminders(committed):
    with committed(execute=True):
        call_command("remind_of_agreements", stdout=StringIO())
    sent = [(message.to[0], message.subject) for message in mail.outbox]
    mail.outbox.clear()
    return sent


def test_each_party_that_asked_is_reminded_once_for_each_date(signed, run):
    owner, guest = signed
    assert owner.press("remind", email="no address").status_code == 403
    owner.press("remind", email="desk@ncc.example")
    guest.client.post(f"/fr/mou-builder/agreement/{guest.token}/", {"go": "remind", "email": "bureau@cbn.example"})
    assert run() == []
    dates(review_on=10, notice_by=400, expires_on=500)
    assert {address for address, _subject in run()} == {"desk@ncc.example", "bureau@cbn.example"}
    assert run() == []
    dates(notice_by=30)
    guest.press("remind", email="")
    sent = run()
    assert [address for address, _subject in sent] == ["desk@ncc.example"]
    assert "renewed" in sent[0][1]
    assert "desk@ncc.example" not in text_of(guest.room())


def test_a_concluded_mou_outlives_its_draft_and_the_next_date_follows(signed, run):
    row = Conclusion.objects.get()
    assert Agreement.objects.get().expires_at > timezone.now() + datetime.timedelta(days=4 * 365)
    Conclusion.objects.update(starts_on=row.starts_on - datetime.timedelta(400))
    dates(review_on=-1)
    run()
    assert Conclusion.objects.get().review_on > timezone.localdate()


def test_the_register_asks_the_database_the_same_for_one_mou_and_for_twenty(members, edition):
    for hand in members:
        hand.press("consent")

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert Client().get(REGISTER, headers={"Authorization": "x"}).status_code == 200
            assert Client().get("/api/v1/mou/register", headers={"Authorization": "x"}).status_code == 200
        return len(found)

    asked()  # fills what is kept of the frame of a page
    one, first = asked(), AgreementParty.objects.values("organisation", "consented_at")
    parties = list(first)
    now = timezone.now()
    for number in range(19):
        row = Agreement.objects.create(
            token_hash=f"t{number}",
            edition=edition,
            languages=["en"],
            answers=ANSWERS,
            created_at=now,
            saved_at=now,
            expires_at=now,
        )
        for place, party in enumerate(parties):
            values = {"organisation_id": party["organisation"], "consented_at": party["consented_at"]}
            AgreementParty.objects.create(agreement=row, token_hash=f"{number}.{place}", invited_at=now, **values)
        day = timezone.localdate()
        Conclusion.objects.create(
            agreement=row, title=f"MOU {number}", language="en", signed_on=day, starts_on=day, recorded_at=now
        )
    assert query.register().count() == 20 and query.register().ordered
    assert asked() == one
    assert json.dumps(Client().get("/api/v1/mou/register?limit=5").json()).count("MOU") >= 5


NO_PRESS = ("download", "redline", "upload", "copy")  # files, and what needs one


def offered(hand):
    page = BeautifulSoup(hand.room().content, "lxml")
    found = [button["value"] for button in page.find_all("button", attrs={"name": "go"})]
    return [value for value in found if value.partition(".")[0] not in NO_PRESS]


def refused(hand):
    """Buttons of the page that answer with a refusal, each pressed as if no other had been."""
    found = []
    given = {"name": "Bank of Lemuria", "signed_on": "2026-11-02"}
    for value in offered(hand):
        with transaction.atomic():
            look = SimpleUploadedFile("house.docx", house_sample.render())
            status = hand.press(value, **given, copy=pdf(), look=look).status_code
            transaction.set_rollback(True)
        if status >= 400:
            found.append((value, status))
    return found


def test_a_concluded_mou_offers_only_what_is_possible(signed):
    assert Agreement.objects.get().versions.count() == 1
    for hand in signed:
        assert refused(hand) == []
        acts = {value.partition(".")[0] for value in offered(hand)}
        assert not acts & {"invite", "name", "remove", "reopen", "agree", "restore", "undo", "newer", "decide", "sign"}
        assert {"unsign", "attach", "remind"} <= acts
        assert "Answer the questions" not in text_of(hand.room())


def test_an_agreed_text_offers_only_what_is_possible(hands):
    seal(*hands)
    assert [refused(hand) for hand in hands] == [[], []]
    assert {"reopen", "sign"} <= set(offered(hands[0]))


def test_agreeing_freezes_who_the_parties_are(hands):
    """Otherwise its owner could shut out who agreed, and record the MOU as signed alone."""
    seal(*hands)
    owner, guest = hands
    party = AgreementParty.objects.get(is_owner=False)
    for act in (f"remove.{party.pk}", "invite", "name"):
        assert owner.press(act, name="Bank of Lemuria").status_code == 409
    assert guest.room().status_code == 200
    assert "Lemuria" not in text_of(owner.room())
    owner.press("reopen")
    assert owner.press("name", name="").status_code == 302  # Enter in any field of the page
    assert "Board of Atlantis" in text_of(owner.room())
    owner.press(f"remove.{party.pk}")
    assert guest.room().status_code == 404
