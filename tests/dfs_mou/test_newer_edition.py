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
