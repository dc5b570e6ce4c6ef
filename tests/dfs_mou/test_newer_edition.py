"""An agreement goes on with a newer edition of its template: nothing of its earlier texts is lost."""

import io
import json

import pytest
from bs4 import BeautifulSoup
from docx import Document as open_word

from dfs_mou.models import Agreement, AgreementVersion
from tests.dfs_mou.agreed import agreement
from tests.dfs_mou.form import text_of
from tests.dfs_mou.mou_content import new_edition, supplied_json
from tests.dfs_mou.test_redline import lines, settled

pytestmark = pytest.mark.django_db
TAKEN = "purpose-objectives"


@pytest.fixture
def owner(edition):
    return agreement(edition)[0]


def newer():
    """Of the supplied template: another aim, another duty, no clause on costs."""
    text = json.dumps(supplied_json() | {"version": "9.0.0"}, ensure_ascii=False)
    text = text.replace("Its objectives are to", "Its many objectives are to")
    content = json.loads(
        text.replace("Each Authority will consult the other", "Each Authority shall consult the other")
    )
    content["clauses"] = [row for row in content["clauses"] if row["key"] != "costs"]
    return new_edition(content)


def body(response):
    return open_word(io.BytesIO(response.content)).element.body


def taken_over(hand):
    page = BeautifulSoup(hand.room().content, "lxml")
    return {box["value"] for box in page.find_all("input", attrs={"name": "take"})}


def test_an_earlier_version_comes_back_in_the_words_it_had(owner):
    before = owner.press("download.md.en").content
    newer()
    offered = taken_over(owner)
    assert owner.press("newer", take=[TAKEN]).status_code == 302
    assert "Its many objectives" in owner.press("download.md.en").content.decode()
    assert owner.press("restore.1").status_code == 302
    assert owner.press("download.md.en").content == before
    assert taken_over(owner) == offered
    assert owner.press("restore.2").status_code == 302
    text = owner.press("download.md.en").content.decode()
    assert "Its many objectives" in text and "Each Authority will consult" in text and "version 9.0.0" in text


def test_rejecting_all_changes_since_an_older_edition_gives_its_very_text(owner):
    before = lines(body(owner.press("download.docx.en")))
    newer()
    owner.press("newer", take=[TAKEN, "costs"])
    after = lines(body(owner.press("download.docx.en")))
    redline = owner.press("redline.1.en").content
    assert lines(settled(redline, "w:del", "w:ins")) == before != after
    assert lines(settled(redline, "w:ins", "w:del")) == after


def test_a_version_that_does_not_know_its_edition_is_shown_in_the_one_of_now(owner):
    told = "before they kept their edition"
    assert told not in text_of(owner.room())
    AgreementVersion.objects.update(edition=None)
    current = newer()
    owner.press("newer", take=[TAKEN])
    assert told in text_of(owner.room())
    assert owner.press("restore.1").status_code == 302
    assert Agreement.objects.get().edition == current


def corrected_in_french():
    content = supplied_json() | {"version": "1.0.1"}
    purpose = next(row for row in content["clauses"] if row["key"] == "purpose")
    part = next(row for row in purpose["clauses"] if row["key"] == TAKEN)
    part["body"]["fr"] = json.loads(json.dumps(part["body"]["fr"], ensure_ascii=False).replace("object", "CORRECT"))
    return new_edition(content)


@pytest.mark.parametrize("take", [[], [TAKEN]])
def test_what_changed_in_one_language_is_listed_and_offered_in_every_other(owner, take):
    Agreement.objects.update(languages=["en", "fr"])
    corrected_in_french()
    for language in ("en", "fr"):
        page = BeautifulSoup(owner.client.get(f"{owner.url}?language={language}").content, "lxml")
        (box,) = page.find_all("input", attrs={"name": "take"})
        shown = box.find_parent("div")
        assert box["value"] == TAKEN and "CORRECT" in shown.get_text()
        assert ("changed only in: " in shown.get_text()) == (language == "en")
        assert {node["lang"] for node in shown.select("label [lang], p[lang]")} == {"fr"}
    before = owner.press("download.md.en").content
    owner.press("newer", take=take)
    french = owner.press("download.md.fr").content.decode()
    assert ("CORRECT" in french) == bool(take)
    assert lines_of(owner.press("download.md.en").content) == lines_of(before)


def lines_of(markdown):
    return [line for line in markdown.decode().splitlines() if "version 1.0" not in line and "hash" not in line.lower()]


def test_a_newer_edition_shows_its_changes_and_takes_over_those_that_were_chosen(owner):
    text = json.dumps(supplied_json() | {"version": "9.0.0"})
    text = text.replace("Its objectives are to", "Its many objectives are to")
    content = json.loads(
        text.replace("Each Authority will consult the other", "Each Authority shall consult the other")
    )
    purpose = next(row for row in content["clauses"] if row["key"] == "purpose")
    purpose["reason"] = {"en": "Asked for by <b>three</b> regulators."}
    new_edition(content)
    page = BeautifulSoup(owner.room().content, "lxml")
    reasons = [row.get_text(" ", strip=True) for row in page.select(".opt .note")]
    assert reasons == ["Why: Asked for by <b>three</b> regulators."]
    keys = [box["value"] for box in page.find_all("input", attrs={"name": "take"})]
    assert len(keys) == 2
    assert TAKEN in keys
    assert "Its objectives" in owner.press("download.md.en").content.decode()
    owner.press("newer", take=[TAKEN])
    shown = owner.press("download.md.en").content.decode()
    assert "Its many objectives" in shown
    assert "Each Authority will consult" in shown
    assert "version 9.0.0" in shown
