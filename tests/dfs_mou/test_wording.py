"""What wording the parties agree on: answers to proposals, additions in every language, and newer editions."""

import json

import pytest
from bs4 import BeautifulSoup

from dfs_mou import actions
from dfs_mou.documents.comparison import clause_text
from dfs_mou.exporters.agreement_texts import agreement_text
from dfs_mou.models import Agreement, ClauseProposal
from tests.dfs_mou.agreed import agreement
from tests.dfs_mou.form import text_of
from tests.dfs_mou.mou_content import DATE, new_edition, supplied_json

pytestmark = pytest.mark.django_db
KEY = "purpose-objectives"


@pytest.fixture
def hands(edition, directory):
    return agreement(edition)


@pytest.fixture
def owner(hands):
    return hands[0]


@pytest.fixture
def guest(hands):
    return hands[1]


def propose(hand, text="", key=KEY, top="purpose", kind="changed", language="en", **data):
    return hand.client.post(f"{hand.url}{language}/{top}/", {"key": key, "kind": kind, "text": text, **data})


def open_one():
    return ClauseProposal.objects.get(status="open")


def markdown(hand, language="en"):
    return hand.press(f"download.md.{language}").content.decode()


def test_a_comment_alone_answers_a_proposal_without_closing_it(owner, guest):
    propose(guest, "Other text")
    first = open_one()
    propose(owner, first.before, comment="Why this?", counter_to=first.pk)
    answer = ClauseProposal.objects.get(kind="comment")
    assert (answer.counter_to, answer.status) == (first, "open")
    assert propose(owner, "Elsewhere", key="sim-security", top="sim-security", counter_to=first.pk).status_code == 403
    first.refresh_from_db()
    assert first.status == "open"
    assert owner.press(f"decide.accepted.{first.pk}").status_code == 302


def test_what_is_added_after_an_added_clause_is_printed_and_outlives_it(owner, guest):
    def add(text, key):
        propose(guest, kind="added", added=text, key=key, top=key)
        row = open_one()
        owner.press(f"decide.accepted.{row.pk}")
        return f"added-{row.pk}"

    first = add("Joint training\nThe Authorities train together.", "sim-security")
    add("Joint exercises\nThe Authorities exercise together.", first)
    text = markdown(owner)
    assert "## 12. Joint training" in text
    assert "## 13. Joint exercises" in text
    propose(guest, kind="dropped", key=first, top=first)
    owner.press(f"decide.accepted.{open_one().pk}")
    text = markdown(owner)
    assert "Joint training" not in text
    assert "## 12. Joint exercises" in text


def test_a_clause_added_in_one_language_is_open_in_the_other(owner, guest):
    Agreement.objects.update(languages=["en", "fr"])
    propose(
        guest,
        kind="added",
        added="Joint training\nThe Authorities train together.",
        key="sim-security",
        top="sim-security",
    )
    owner.press(f"decide.accepted.{open_one().pk}")
    (added,) = Agreement.objects.get().wording["added"]
    key = f"added-{added['id']}"
    french = markdown(owner, "fr")
    assert "[Les parties ne sont convenues de cet article que dans une autre langue" in french
    assert "reworded only in: English" in text_of(owner.room())
    seen = actions.content_hash(Agreement.objects.get())
    assert "has no text in one of the languages" in text_of(owner.press(f"agree.{seen}"))
    propose(guest, "Formation commune\nLes Autorités se forment ensemble.", key=key, top=key, language="fr")
    owner.press(f"decide.accepted.{open_one().pk}")
    assert "12. Formation commune" in markdown(owner, "fr")
    assert "reworded only in" not in text_of(owner.room())
    seen = actions.content_hash(Agreement.objects.get())
    assert owner.press(f"agree.{seen}").status_code == 302


def test_a_clause_that_others_refer_to_can_be_left_out(owner, guest):
    propose(guest, kind="dropped", key="annex-allocation", top="annex-allocation")
    assert owner.press(f"decide.accepted.{open_one().pk}").status_code == 302
    assert owner.room().status_code == 200
    text = markdown(owner)
    assert "(left out)" in text
    assert "annex-allocation" not in text


def test_what_a_newer_edition_leaves_out_stays_where_it_was_kept(owner):
    Agreement.objects.update(languages=["en", "fr"])
    before = markdown(owner)
    content = supplied_json() | {"version": "9.0.0"}
    content["clauses"] = [row for row in content["clauses"] if row["key"] != "number-status"]
    new_edition(content)
    page = BeautifulSoup(owner.room().content, "lxml")
    assert "number-status" in [box["value"] for box in page.find_all("input", attrs={"name": "take"})]
    owner.press("newer", take=[])
    for language in ("en", "fr"):
        (clause,) = [row for row in texts(language) if row.key == "added-number-status"]
        title, *lines = clause_text(clause).split("\n")
        assert title and lines
    after = markdown(owner)
    assert "version 9.0.0" in after
    assert [line for line in before.splitlines() if line.startswith("## ")] == [
        line for line in after.splitlines() if line.startswith("## ")
    ]


def test_a_newer_model_is_shown_where_the_parties_said_otherwise(owner, guest):
    propose(guest, "Our objectives are to:")
    owner.press(f"decide.accepted.{open_one().pk}")
    for word, take in (("many", []), ("new", [KEY])):
        text = json.dumps(supplied_json() | {"version": word})
        new_edition(json.loads(text.replace("Its objectives are to", f"Its {word} objectives are to")))
        page = BeautifulSoup(owner.room().content, "lxml")
        (box,) = page.find_all("input", attrs={"name": "take"})
        assert box["value"] == KEY and not box.has_attr("checked")
        assert "You have agreed on other wording here" in page.get_text()
        owner.press("newer", take=take)
        wanted = "Its new objectives are to:" if take else "Our objectives are to:"
        assert wanted in markdown(owner)


def texts(language):
    return agreement_text(Agreement.objects.get(), language, day=DATE, is_draft=True).tops
