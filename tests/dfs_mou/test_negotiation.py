"""Two authorities on one agreement: invited by a link, clause by clause, nothing lost, the template untouched."""

import io
import json

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document as open_word
from docx.oxml.ns import qn

from dfs_mou import actions
from dfs_mou.documents import returned
from dfs_mou.models import Agreement, AgreementVersion, ClauseProposal, DeletedAgreement, TemplateEdition
from tests.dfs_mou.form import Form, text_of
from tests.dfs_mou.word_parts import move_costs

pytestmark = pytest.mark.django_db
URL = "/en/mou-builder/"
KEY = "purpose-objectives"


def token_of(address):
    return address.rstrip("/").rsplit("/", 1)[1]


class Party:
    """Somebody with a link, in a browser of their own."""

    def __init__(self, token):
        self.token = token
        self.client = Client()
        self.url = f"{URL}agreement/{token}/"

    def room(self):
        return self.client.get(self.url)

    def press(self, go, **data):
        return self.client.post(self.url, {"go": go, "language": "en", **data})

    def clause(self, top="purpose", language="en"):
        return self.client.get(f"{self.url}{language}/{top}/")

    def propose(self, text="", key=KEY, top="purpose", kind="changed", **data):
        return self.client.post(f"{self.url}en/{top}/", {"key": key, "kind": kind, "text": text, **data})

    def answer(self, step="telecom_regulator"):
        return Form(self.client, self.client.get(f"{URL}resume/{self.token}/")).press(step)


@pytest.fixture
def owner(client, edition, directory):
    step = Form(client, client.get(URL)).press("telecom_regulator")
    response = step.press("save", **{"a.en.telecom_regulator_name": "Board of Atlantis"}).response
    party = Party(token_of(response["Location"]))
    party.press("name", name="Board of Atlantis")
    return party


@pytest.fixture
def guest(owner):
    page = BeautifulSoup(owner.press("invite", name="Bank of Atlantis").content, "lxml")
    return Party(token_of(page.select_one("[role=status] a.perma")["href"]))


def open_one():
    return ClauseProposal.objects.get(status="open")


def word_text(data):
    body = open_word(io.BytesIO(data)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def test_an_invited_party_reads_the_agreement_and_nobody_else_does(owner, guest, admin_client):
    assert guest.room().status_code == 200
    assert "Bank of Atlantis" in text_of(owner.room())
    for token in ("x", "a" * 43, guest.token[:-1]):
        stranger = Party(token)
        for response in (stranger.room(), stranger.clause(), stranger.press("duplicate"), stranger.propose("x")):
            assert response.status_code == 404
    for model in ("agreement", "agreementparty", "agreementversion", "clauseproposal"):
        assert admin_client.get(f"/admin/snippets/dfs_mou/{model}/").status_code == 404
    paths = json.dumps(admin_client.get("/api/v1/openapi.json").json()["paths"])
    assert "agreement" not in paths


def test_pages_of_an_agreement_are_kept_nowhere(owner, guest):
    for response in (guest.room(), guest.clause(), guest.press("invite", name="x"), guest.press("download.md.en")):
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "no-referrer"


def test_only_the_owner_invites_withdraws_and_deletes(owner, guest):
    assert guest.press("invite", name="Third").status_code == 403
    assert guest.client.post(f"{URL}delete/", {"token": guest.token}).status_code == 403
    assert Agreement.objects.count() == 1
    party = Agreement.objects.get().parties.get(is_owner=False)
    owner.press(f"remove.{party.pk}")
    assert guest.room().status_code == 404


def test_a_proposal_is_decided_by_the_other_party_and_changes_this_agreement_alone(owner, guest):
    before = json.dumps(TemplateEdition.objects.get().content)
    guest.propose("The four aims, set out with [§sim-security], are to:", comment="Clearer")
    proposal = open_one()
    assert proposal.by_name == "Bank of Atlantis"
    assert guest.press(f"decide.accepted.{proposal.pk}").status_code == 403
    assert "Clearer" in text_of(owner.clause())
    assert owner.press(f"decide.accepted.{proposal.pk}").status_code == 302
    shown = word_text(owner.press("download.docx.en").content)
    assert "The four aims, set out with clause 11, are to:" in shown
    assert "Its objectives are to:" not in shown
    assert "in 1 clause." in text_of(owner.room())
    assert json.dumps(TemplateEdition.objects.get().content) == before
    preview = owner.answer().press("preview.en")
    assert "The four aims" in preview.text


def test_declining_countering_and_withdrawing_leave_the_text_as_it_is(owner, guest):
    guest.propose("Declined text")
    owner.press(f"decide.declined.{open_one().pk}")
    guest.propose("Answered text")
    owner.propose("Counter text", counter_to=open_one().pk)
    counter = open_one()
    assert counter.counter_to.status == "countered"
    owner.press(f"decide.withdrawn.{counter.pk}")
    states = list(ClauseProposal.objects.values_list("after", "status"))
    assert states == [("Declined text", "declined"), ("Answered text", "countered"), ("Counter text", "withdrawn")]
    assert guest.press(f"decide.accepted.{counter.pk}").status_code == 403
    assert "Its objectives are to:" in word_text(owner.press("download.docx.en").content)


def test_a_proposal_for_a_text_that_changed_since_is_not_accepted(owner, guest):
    guest.propose("First")
    first = open_one()
    guest.propose("Second")
    owner.press(f"decide.accepted.{first.pk}")
    response = owner.press(f"decide.accepted.{open_one().pk}")
    assert response.status_code == 403
    assert "has changed since" in text_of(response)


def test_clauses_are_left_out_and_added_and_the_numbers_follow(owner, guest):
    guest.propose(kind="dropped", key="number-status", top="number-status")
    owner.press(f"decide.accepted.{open_one().pk}")
    guest.propose(
        kind="added", added="Joint training\nThe Authorities train together.", key="sim-security", top="sim-security"
    )
    owner.press(f"decide.accepted.{open_one().pk}")
    text = owner.press("download.md.en").content.decode()
    assert "## 12. Joint training" in text
    assert "SIM and number status checks\n" not in text
    assert "## 13. USSD, STK and SMS channels" in text


def test_a_returned_file_becomes_proposals_for_its_clauses(owner, guest, monkeypatch):
    monkeypatch.setattr(returned, "read", None)  # what was sent is read in another process
    data = owner.press("download.docx.en").content
    word = open_word(io.BytesIO(data))
    text = next(node for node in word.element.body.iter(qn("w:t")) if node.text == "Its objectives are to:")
    text.text = "Its aims are to:"
    buffer = io.BytesIO()
    word.save(buffer)
    response = guest.press("upload", file=SimpleUploadedFile("mou.docx", buffer.getvalue()))
    assert "1 change was found" in text_of(response)
    assert (open_one().key, open_one().after) == (KEY, "Its aims are to:")
    refused = guest.press("upload", file=SimpleUploadedFile("mou.docx", b"MZ"))
    assert refused.status_code == 422
    assert "This is no Word file" in text_of(refused)
    assert guest.press("upload").status_code == 422


def test_the_list_of_proposals_tells_them_apart_and_leads_to_their_clauses(owner, guest):
    """In a region that scrolls by itself where the screen is narrow."""
    for aims in ("aims", "purposes"):
        guest.propose(f"Its {aims} are to:")
    table = BeautifulSoup(owner.room().content, "lxml").find("caption", string="Proposals").find_parent("table")
    first, second = table.select("tbody th")
    assert "Its aims are to:" in first.ins.get_text() and "Its purposes are to:" in second.ins.get_text()
    assert first.find("del").get_text() == "Its objectives are to:"
    assert first.a["href"] == f"{owner.url}en/purpose/#{KEY}"
    assert "scroll" in table.parent["class"]


def test_a_file_in_another_language_of_the_agreement_leaves_no_proposal(owner, guest):
    Agreement.objects.update(languages=["en", "fr"])
    data = owner.press("download.docx.fr").content
    response = guest.press("upload", file=SimpleUploadedFile("mou.docx", data))
    assert response.status_code == 422
    assert "is in French: send it back where the agreement is shown in French" in text_of(response)
    assert not ClauseProposal.objects.exists()
    response = guest.client.post(
        guest.url, {"go": "upload", "language": "fr", "file": SimpleUploadedFile("mou.docx", data)}
    )
    assert "0 changes were found" in text_of(response)


def test_a_clause_that_was_moved_in_a_returned_file_becomes_a_comment(owner, guest):
    word = open_word(io.BytesIO(owner.press("download.docx.en").content))
    move_costs(word.element.body)
    buffer = io.BytesIO()
    word.save(buffer)
    response = guest.press("upload", file=SimpleUploadedFile("mou.docx", buffer.getvalue()))
    assert "1 change was found" in text_of(response)
    row = open_one()
    assert (row.kind, row.key) == ("comment", "costs")
    assert "stands after “Definitions and interpretation”" in row.comment


def test_answers_of_two_people_are_merged_and_a_conflict_loses_nothing(owner, guest):
    mine, theirs = owner.answer(), guest.answer()
    mine.press("save", **{"a.en.telecom_regulator_city": "Port A"})
    other = guest.answer("central_bank")
    done = theirs.press("save", **{"a.en.telecom_regulator_city": "Port B"})
    assert done.status == 409
    assert "Port A" in done.text
    assert "Board of Atlantis" in done.text
    assert done.value("a.en.telecom_regulator_city") == "Port B"
    assert Agreement.objects.get().answers["values"]["en"]["telecom_regulator_city"] == "Port A"
    assert other.press("save", **{"a.en.central_bank_city": "Port C"}).status == 302
    saved = Agreement.objects.get().answers["values"]["en"]
    assert (saved["telecom_regulator_city"], saved["central_bank_city"]) == ("Port A", "Port C")
    assert done.press("save").status == 302
    assert Agreement.objects.get().answers["values"]["en"]["telecom_regulator_city"] == "Port B"


def test_every_answer_has_its_author_and_an_earlier_version_comes_back(owner, guest):
    guest.answer().press("save", **{"a.en.telecom_regulator_name": "Council of Atlantis"})
    assert AgreementVersion.objects.count() == 2
    page = text_of(owner.room())
    assert "Bank of Atlantis" in page[page.index("Who answered what") :]
    redline = owner.press("redline.1.en").content
    body = open_word(io.BytesIO(redline)).element.body
    assert "Council" in "".join(t.text for mark in body.iter(qn("w:ins")) for t in mark.iter(qn("w:t")))
    owner.press("restore.1")
    assert Agreement.objects.get().answers["values"]["en"]["telecom_regulator_name"] == "Board of Atlantis"
    assert owner.press("restore.77").status_code == 403


def seen(party):
    button = BeautifulSoup(party.room().content, "lxml").find("button", value=lambda v: v and v.startswith("agree."))
    return button["value"]


def test_the_text_is_final_and_frozen_when_all_parties_agree(owner, guest):
    assert "DRAFT" in owner.press("download.md.en").content.decode()
    stale = seen(owner)
    guest.answer().press("save", **{"a.en.telecom_regulator_city": "Port D"})
    assert owner.press(stale).status_code == 403
    owner.press(seen(owner))
    assert "DRAFT" in owner.press("download.md.en").content.decode()
    guest.press(seen(guest))
    final = owner.press("download.md.en").content.decode()
    assert "DRAFT" not in final
    step = guest.answer()
    assert step.press("save", **{"a.en.telecom_regulator_city": "Port E"}).status == 409
    assert guest.propose("Other").status_code == 409
    assert owner.press("download.md.en").content.decode() == final
    guest.press("reopen")
    assert "DRAFT" in owner.press("download.md.en").content.decode()


def test_a_copy_for_another_pair_has_nothing_of_this_one(owner, guest):
    agreement = Agreement.objects.get()
    common = agreement.answers["common"] | {"agreement_reference": "BA-BA/01", "term_years": 3}
    agreement.answers["common"] = common
    agreement.answers["values"]["en"]["data_protection_law"] = "Data Protection Act of Atlantis"
    texts = {"Purpose": "The Board of Atlantis and the Bank of Atlantis agree.", "Any pair": "They meet on Mondays."}
    rows = [{"id": name, "after": "purpose", "texts": {"en": text}} for name, text in texts.items()]
    agreement.wording = {"changed": {}, "dropped": [], "added": rows}
    agreement.save()
    response = owner.press("duplicate")
    copy = Agreement.objects.exclude(pk=Agreement.objects.first().pk).get()
    kept = json.dumps([copy.answers, copy.wording])
    assert "Atlantis" not in kept and "BA-BA/01" not in kept
    assert "They meet on Mondays." in kept and copy.answers["common"]["term_years"] == 3
    assert copy.parties.count() == 1
    assert token_of(response["Location"]) not in (owner.token, guest.token)


def test_deleting_leaves_nothing_but_that_something_was_there(owner, guest):
    guest.propose("Secret wording")
    owner.client.post(f"{URL}delete/", {"token": owner.token})
    for model in (Agreement, AgreementVersion, ClauseProposal):
        assert not model.objects.exists()
    stone = DeletedAgreement.objects.get()
    assert {field.name for field in stone._meta.fields} == {"id", "created_at", "deleted_at", "reason"}
    assert guest.room().status_code == 404


def test_hostile_wording_stays_text(owner, guest, monkeypatch):
    guest.propose('<script>alert(1)</script> {{7*7}} [§nothing] #eval("1") \u202e\x00')
    owner.press(f"decide.accepted.{open_one().pk}")
    for response in (owner.room(), owner.clause()):
        assert b"<script>alert" not in response.content
    shown = word_text(owner.press("download.docx.en").content)
    assert '<script>alert(1)</script> {{7*7}} [§nothing] #eval("1")' in shown
    assert owner.press("download.pdf.en").content.startswith(b"%PDF")
    assert guest.propose("x" * 100_000).status_code == 403
    monkeypatch.setattr(actions.proposals, "MOST_CHARACTERS", 500)
    assert [guest.propose("x" * 300).status_code for _ in range(2)] == [302, 403]
    assert guest.propose("").status_code in (302, 403)


def test_the_page_asks_the_database_the_same_for_one_proposal_and_for_twenty(owner, guest):
    def queries(page):
        with CaptureQueriesContext(connection) as found:
            assert page().status_code == 200
        return len(found)

    guest.propose("One")
    one = queries(owner.room), queries(owner.clause)
    for number in range(19):
        guest.propose(f"Text {number}")
    assert (queries(owner.room), queries(owner.clause)) == one
    assert max(one) <= 15


def test_decided_proposals_come_a_page_at_a_time_however_many_there_are(owner, guest):
    """Who holds a link can make any number of them: a page compares and asks the same for twenty and for sixty."""

    def queries(page):
        with CaptureQueriesContext(connection) as found:
            assert page().status_code == 200
        return len(found)

    agreement = Agreement.objects.get()

    def decide(numbers):
        ClauseProposal.objects.bulk_create(
            ClauseProposal(
                agreement=agreement,
                kind="changed",
                language="en",
                key=KEY,
                before="Old",
                after=f"Decided {number}.",
                status="declined",
                created_at=agreement.created_at,
                decided_at=agreement.created_at,
            )
            for number in numbers
        )

    guest.propose("Still open.")
    decide(range(20))
    twenty = queries(owner.room), queries(owner.clause)
    decide(range(20, 60))
    assert (queries(owner.room), queries(owner.clause)) == twenty
    assert max(twenty) <= 15
    first, last = text_of(owner.clause()), text_of(owner.client.get(f"{owner.url}en/purpose/?page=6"))
    assert first.count("Decided ") - first.count("Decided proposals") == 10
    assert "Decided 59." in first and "Still open." in first and "1 / 6" in first
    assert "Decided 0." in last and "Still open." in last
    assert text_of(owner.room()).count("Declined") == 25
