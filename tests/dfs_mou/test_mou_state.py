"""What a state of answers needs and says, over HTTP and by command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dfs_mou import actions
from tests.dfs_mou.small_template import KEY, make_small_template

pytestmark = pytest.mark.django_db
NAMES = {"telecom_regulator_name": "Board of Atlantis", "central_bank_name": "Bank of Atlantis"}


def ask(client, what, **data):
    return client.post(f"/api/v1/mou/{what}", data, content_type="application/json")


def test_the_questions_follow_the_answers(client, edition):
    def names(**common):
        body = ask(client, "questions/needed", language="en", languages=["en"], answers={"common": common}).json()
        assert body["count"] == len(body["items"])
        return {row["name"]: row for row in body["items"]}

    unbound, bound = names(binding="no"), names(binding="yes")
    assert set(unbound) < set(bound)
    row = bound["telecom_regulator_name"]
    assert (row["open_in"], list(row["label"])) == (["en"], ["en"])
    assert row["printed_in"]


def test_answers_are_judged_without_making_a_document(client, edition):
    answers = {"common": {"binding": "perhaps", "term_years": 3}, "values": {"en": NAMES}}
    body = ask(client, "validate", languages=["en"], answers=answers).json()
    assert [row["name"] for row in body["problems"]] == ["binding"]
    assert not body["is_valid"]
    assert "country_name" in body["open"]
    assert "telecom_regulator_name" not in body["open"]
    states = {row["key"]: row for row in body["clauses"]}
    assert states["purpose"]["status"] == "in"
    assert {row["status"] for row in body["clauses"]} == {"in", "out", "ask"}


@pytest.mark.parametrize("data", [{"languages": ["de"]}, {"keep": ["nothing"]}, {"colour": 1}, {"language": "de"}])
def test_unknown_words_are_refused(client, edition, data):
    assert ask(client, "questions/needed", **data).status_code == 422


def test_another_template_is_named_by_its_key(client, edition):
    actions.compile_edition(template=make_small_template())
    body = ask(client, "questions/needed", template=KEY, answers={}).json()
    assert "has_budget" in {row["name"] for row in body["items"]}
    made = ask(client, "documents", template=KEY, language="en", answers={"common": {"has_budget": True}}).json()
    assert "budget" in {row["key"] for row in made["clauses"]}
    assert client.get("/api/v1/mou/template", {"template": KEY}).json()["template"] == KEY
    assert client.get("/api/v1/mou/template", {"template": "nothing"}).status_code == 404


def test_the_command_says_what_is_wrong_open_and_left_out(tmp_path, edition):
    file = tmp_path / "answers.yaml"
    file.write_text(
        "common:\n  number_check_mode: none\nvalues:\n  en:\n    country_name: Atlantis\n", encoding="utf-8"
    )
    out = StringIO()
    call_command("check_mou", file, language=["en"], stdout=out)
    assert "open   telecom_regulator_name en" in out.getvalue()
    assert "open   country_name" not in out.getvalue()
    assert "0 answers are wrong." in out.getvalue()
    file.write_text("common:\n  binding: perhaps\n", encoding="utf-8")
    with pytest.raises(CommandError, match="1 answers are wrong"):
        call_command("check_mou", file, language=["en"], stdout=out)
    assert "wrong  binding:" in out.getvalue()
