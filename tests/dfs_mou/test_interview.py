"""The interview with scripts: the document beside the form, answers saved by themselves; and undo without them."""

import json
import time

import pytest

from dfs_mou.models import Agreement, AgreementVersion
from tests.dfs_mou.agreed import Hand
from tests.dfs_mou.form import Form, text_of

pytestmark = pytest.mark.django_db
URL = "/en/mou-builder/"
HOLD = "a..sim_swap_hold_hours"
NAME = "a.en.telecom_regulator_name"


class Screen:
    """What the script does: it sends the form, and keeps the parts that it was sent."""

    def __init__(self, form):
        self.form = form
        self.parts = {}
        self.language = ""

    def live(self, asked="", **typed):
        have = " ".join([self.language, *(part["has"] for part in self.parts.values())])
        answer = self.form.press(f"live.{asked}", have=have, **typed).response.json()
        before = self.parts if answer["language"] == self.language else {}
        self.language = answer["language"]
        self.parts = {row["key"]: {**before.get(row["key"], {}), **row} for row in answer["parts"]}
        self.sent = [row["key"] for row in answer["parts"] if "html" in row]
        return answer

    @property
    def html(self):
        return "".join(part["html"] for part in self.parts.values())


@pytest.fixture
def first(client, edition, directory):
    return Form(client, client.get(URL))


@pytest.fixture
def saved(first):
    """The form of an agreement that has a link, with the whole of its page."""
    link = first.press("telecom_regulator").press("save", **{NAME: "Board of Atlantis"}).response["Location"]
    return Form(first.client, first.client.get(link))


def token_of(form):
    return json.loads(form.value("state"))["token"]


def test_the_page_works_without_scripts_and_offers_the_script_a_place(first):
    pane = first.soup.find(id="live")
    assert pane.has_attr("hidden")
    assert first.soup.find("script", src=lambda src: src and "interview" in src)["type"] == "module"
    assert first.soup.find(id="saved-said") is None


def test_only_clauses_that_an_answer_changes_are_sent_again_and_named(first):
    step = first.press("country", country="NG").press("security")
    screen = Screen(step)
    begin = screen.live()
    assert begin["said"] == ""
    assert (begin["language"], begin["dir"]) == ("en", "ltr")
    assert "Nigerian Communications Commission" in screen.html
    assert len(screen.sent) == len(begin["parts"]) > 50
    changed = screen.live(**{HOLD: "48"})
    assert screen.sent == ["sim-security"]
    assert changed["said"] == "Changed: “SIM Swap, SIM Clone and Number Recycling”."
    assert "48" in screen.parts["sim-security"]["html"]
    assert screen.live(**{HOLD: "48"})["said"] == ""
    assert screen.sent == []
    assert not Agreement.objects.exists()


def test_a_clause_that_comes_renumbers_others_without_naming_them(first):
    step = first.press("clauses")
    screen = Screen(step)
    screen.live()
    kept = step.data()["keep"]
    answer = screen.live(keep=[*kept, "innovation"])
    assert answer["said"] == "Changed: “Innovation and supervised trials”."
    assert len(screen.sent) > 10
    gone = screen.live(keep=kept)
    assert gone["said"] == "Changed: “Innovation and supervised trials”."
    assert "innovation" not in screen.parts


def test_a_wrong_answer_is_said_and_the_rest_is_drawn(first):
    screen = Screen(first.press("security"))
    screen.live()
    answer = screen.live(**{HOLD: "9999", "a..porting_hold_days": "9"})
    assert "need attention" in answer["said"]
    assert "9999" not in screen.html


def test_the_preview_is_drawn_in_the_language_asked_for(first):
    step = first.press("parties", language=["en", "fr"])
    screen = Screen(step)
    assert screen.live(language=["en", "fr"])["language"] == "en"
    french = screen.live("fr", language=["en", "fr"])
    assert (french["language"], french["said"]) == ("fr", "")
    assert "Protocole d’accord" in screen.html
    assert screen.live("ru", language=["en", "fr"])["language"] == "en"


def test_hostile_text_stays_text_in_the_preview(first):
    screen = Screen(first.press("telecom_regulator"))
    screen.live(**{NAME: "<script>alert(1)</script>{{7*7}}"})
    assert "<script" not in screen.html
    assert "{{7*7}}" in screen.html


@pytest.mark.parametrize("have", ["", "en", "en x", "en :::: a:b:c:d", "en \x00:1:2", "xx a:b:c"])
def test_a_list_of_parts_that_no_script_wrote_does_no_harm(first, have):
    answer = first.press("live.en", have=have)
    assert answer.status == 200
    assert len(answer.response.json()["parts"]) > 50


def test_previews_are_limited_apart_from_documents(first, settings):
    settings.DFS_MOU_DOCUMENTS_PER_MINUTE = 1
    assert [first.press("live.en").status for _ in range(6)] == [200] * 5 + [429]
    assert first.press("preview").press("download.html.en").status == 200


def test_a_preview_costs_few_queries_and_little_time(first, django_assert_max_num_queries):
    step = first.press("country", country="NG").press("security")
    screen = Screen(step)
    screen.live()
    with django_assert_max_num_queries(4):
        screen.live(**{HOLD: "30"})
    spent = []
    for hours in range(31, 36):
        begin = time.process_time()
        screen.live(**{HOLD: str(hours)})
        spent.append(time.process_time() - begin)
    assert min(spent) < 0.25  # the goal is 50 ms; benchmarks measure it, here only a slip shows


def test_nobody_is_stored_by_themselves(first):
    answer = first.press("telecom_regulator").press("autosave", **{NAME: "Board of Atlantis"})
    assert answer.status == 400
    assert answer.response.json()["stop"]
    assert not Agreement.objects.exists()


def test_an_answer_is_saved_by_itself_with_the_version_it_is_based_on(saved):
    step = saved.press("security")
    answer = step.press("autosave", **{HOLD: "48"})
    assert answer.status == 200
    state = json.loads(answer.response.json()["state"])
    assert state["base"] == AgreementVersion.objects.last().number == 2
    assert Agreement.objects.get().answers["common"]["sim_swap_hold_hours"] == 48
    assert answer.response["Cache-Control"] == "no-store, private"
    again = step.press("autosave", state=json.dumps(state), **{HOLD: "72"})
    assert json.loads(again.response.json()["state"])["base"] == 3


def test_a_wrong_answer_is_not_saved_and_named(saved):
    answer = saved.press("security").press("autosave", **{HOLD: "9999"})
    assert answer.status == 422
    assert "SIM-swap holding period" in answer.response.json()["said"]
    assert "sim_swap_hold_hours" not in Agreement.objects.get().answers["common"]


def test_answers_over_the_limit_are_not_saved_and_shorter_ones_are(saved):
    step, before = saved.press("telecom_regulator"), AgreementVersion.objects.count()
    assert step.press("autosave", **{NAME: "x" * 750_000}).status == 413
    assert AgreementVersion.objects.count() == before
    assert step.press("autosave", **{NAME: "Board of Atlantis"}).status == 200
    assert Agreement.objects.get().answers["values"]["en"]["telecom_regulator_name"] == "Board of Atlantis"


def test_two_people_who_change_one_answer_see_both_and_lose_nothing(saved):
    mine, theirs = saved.press("security"), saved.press("security")
    theirs.press("autosave", **{HOLD: "36"})
    answer = mine.press("autosave", **{HOLD: "48"})
    data = answer.response.json()
    assert (answer.status, data["stop"]) == (409, True)
    assert "36" in data["conflict"] and "48" in data["conflict"]
    assert Agreement.objects.get().answers["common"]["sim_swap_hold_hours"] == 36
    assert mine.press("save", state=data["state"], **{HOLD: "48"}).status == 302
    assert Agreement.objects.get().answers["common"]["sim_swap_hold_hours"] == 48
    assert AgreementVersion.objects.filter(answers__common__sim_swap_hold_hours=36).exists()


def test_what_others_changed_meanwhile_comes_back_and_is_named(saved):
    mine, theirs = saved.press("security"), saved.press("security")
    theirs.press("autosave", **{HOLD: "36"})
    data = mine.press("autosave", **{"a..porting_hold_days": "9"}).response.json()
    assert {"name": HOLD, "value": "36", "label": "SIM-swap holding period, in hours"} in data["others"]
    assert "SIM-swap holding period" in data["said"]
    both = Agreement.objects.get().answers["common"]
    assert (both["sim_swap_hold_hours"], both["porting_hold_days"]) == (36, 9)


def test_an_answer_that_was_emptied_stays_empty(saved):
    step = saved.press("security")
    data = step.press("autosave", **{HOLD: ""}).response.json()
    assert Agreement.objects.get().answers["common"]["sim_swap_hold_hours"] is None
    again = step.press("autosave", state=data["state"], **{HOLD: "", "a..porting_hold_days": "9"})
    assert again.status == 200
    assert Agreement.objects.get().answers["common"]["sim_swap_hold_hours"] is None


def test_after_deletion_nothing_is_saved_any_more(saved):
    step = saved.press("security")
    saved.client.post(f"{URL}delete/", {"token": token_of(saved)})
    for button in ("autosave", "undo"):
        assert step.press(button, **{HOLD: "48"}).status in (404, 410)
    assert not Agreement.objects.exists()
    assert not AgreementVersion.objects.exists()


def test_a_text_that_all_agreed_to_is_not_saved_by_itself(saved):
    step = saved.press("security")
    Hand(token_of(saved)).agree()
    answer = step.press("autosave", **{HOLD: "48"})
    assert (answer.status, answer.response.json()["stop"]) == (409, True)
    assert "agreed to this text" in text_of(saved.client.get(f"{URL}resume/{token_of(saved)}/"))


def test_undo_takes_back_my_changes_one_after_the_other(saved):
    step = saved.press("security")
    for hours in ("48", "72"):
        step = step.press("save", **{HOLD: hours})
        step = Form(saved.client, saved.client.get(step.response["Location"])).press("security")
    back = step.press("undo")
    assert "Your last change is taken back" in back.text
    assert back.value(HOLD) == "48"
    assert back.press("undo").value(HOLD) == "24"
    assert AgreementVersion.objects.count() == 5


def test_undo_begins_with_what_is_typed_and_not_saved(saved):
    back = saved.press("security").press("undo", **{HOLD: "96"})
    assert back.value(HOLD) == "24"
    assert AgreementVersion.objects.filter(answers__common__sim_swap_hold_hours=96).exists()


def test_undo_leaves_what_somebody_else_changed(saved):
    owner = Hand(token_of(saved))
    owner.press("name", name="Board of Atlantis")
    page = text_of(owner.press("invite", name="Bank of Atlantis"))
    guest = page.split("/agreement/")[1].split("/")[0]
    theirs = Form(saved.client, saved.client.get(f"{URL}resume/{guest}/")).press("security")
    mine = saved.press("security").press("save", **{HOLD: "48", "a..porting_hold_days": "9"})
    assert mine.status == 302
    theirs = Form(saved.client, saved.client.get(f"{URL}resume/{guest}/")).press("security")
    assert theirs.press("save", **{HOLD: "72"}).status == 302
    assert owner.press("undo").status_code == 302
    now = Agreement.objects.get().answers["common"]
    assert now["sim_swap_hold_hours"] == 72
    assert now.get("porting_hold_days") != 9
    assert AgreementVersion.objects.last().by_name == "Board of Atlantis"
    nothing_left = owner.press("undo")
    assert nothing_left.status_code == 403
    assert "no change of yours" in text_of(nothing_left)
    assert Agreement.objects.get().answers["common"] == now
