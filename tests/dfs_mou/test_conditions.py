"""Which clauses are printed, why, and which questions are asked for them."""

import pytest

from dfs_mou.documents.answers import ASK, Answers
from dfs_mou.documents.clauses import Condition
from dfs_mou.documents.conditions import Reason, Status, clauses_in, holds, kept_by_default, variables_needed
from tests.dfs_mou.mou_content import supplied

SET_A = Condition("set", var="a")
SET_B = Condition("set", var="b")


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        (SET_A, {"a": ASK}, None),
        (SET_A, {"a": ""}, False),
        (SET_A, {"a": None}, False),
        (SET_A, {"a": False}, False),
        (SET_A, {"a": []}, False),
        (SET_A, {"a": "x"}, True),
        (Condition("eq", var="a", value="x"), {"a": ""}, False),
        (Condition("ne", var="a", value="x"), {"a": ""}, True),
        (Condition("ne", var="a", value="x"), {"a": ASK}, None),
        (Condition("in", var="a", value=["x", "y"]), {"a": "y"}, True),
        (Condition("not", of=(SET_A,)), {"a": ASK}, None),
        (Condition("not", of=(SET_A,)), {"a": ""}, True),
        (Condition("all", of=(SET_A, SET_B)), {"a": ASK, "b": ""}, False),
        (Condition("all", of=(SET_A, SET_B)), {"a": ASK, "b": "x"}, None),
        (Condition("any", of=(SET_A, SET_B)), {"a": ASK, "b": "x"}, True),
        (Condition("any", of=(SET_A, SET_B)), {"a": ASK, "b": ""}, None),
    ],
)
def test_a_condition_is_true_false_or_not_known_yet(condition, values, expected):
    assert holds(condition, values.__getitem__) is expected


def test_no_condition_always_holds():
    assert holds(None, {}.__getitem__) is True


def test_every_clause_says_why_it_is_in_or_out():
    states = clauses_in(supplied(), Answers())
    assert len(states) == 384
    assert states["recitals"].reason is Reason.MANDATORY
    assert states["legal-effect-partial"].reason is Reason.CHOSEN
    assert states["legal-effect-partial"].facts == (("binding", "partly"),)
    assert states["legal-effect-full"].reason is Reason.CONDITION
    assert states["recital-itu-guidance"].reason is Reason.KEPT
    assert states["signalling-incentives"].reason is Reason.LEFT_OUT
    assert (states["annex-tlp"].reason, states["annex-tlp"].because) == (Reason.REQUIRED, "tlp")
    assert states["fraud-fiu"].status is Status.ASK
    assert states["fraud-fiu"].waits_for == ("fiu_name",)


def test_an_answer_opens_or_closes_a_clause_and_what_it_holds():
    given = Answers(
        common={"number_check_mode": "none"}, values={"fr": {"fiu_name": "la CENTIF"}, "en": {"fiu_name": ""}}
    )
    states = clauses_in(supplied(), given)
    assert states["number-status"].status is Status.OUT
    child = next(node.key for node in supplied().by_key["number-status"].clauses)
    assert (states[child].reason, states[child].because) == (Reason.PARENT, "number-status")
    assert states["fraud-fiu"].is_in  # filled in one language is filled
    emptied = Answers(values={"en": {"fiu_name": ""}})
    assert clauses_in(supplied(), emptied)["fraud-fiu"].reason is Reason.CONDITION


def test_a_required_clause_goes_with_the_one_that_requires_it():
    without = kept_by_default(supplied()) - {"annex-tlp"}
    assert clauses_in(supplied(), Answers(), without)["annex-tlp"].is_in
    neither = without - {"tlp"}
    assert not clauses_in(supplied(), Answers(), neither)["annex-tlp"].is_in


def test_the_questions_are_those_of_the_printed_clauses_in_template_order():
    needs = variables_needed(supplied(), Answers(), languages=["en"])
    names = [need.variable.name for need in needs]
    assert names == [name for name in supplied().by_name if name in names]
    assert "prior_agreement_title" not in names
    assert "central_bank_union_name" not in names
    assert "has_prior_agreement" in names
    asked = {need.variable.name: need for need in needs}
    assert "parties" not in asked["telecom_regulator_name_definite"].printed_in
    assert "party-regulator" in asked["telecom_regulator_name_definite"].printed_in
    assert asked["has_prior_agreement"].decides == ("recital-prior-mou", "prior-agreement")
    assert not asked["binding"].is_open
    assert asked["country_name"].open_in == ("en",)


def test_an_answer_brings_the_questions_it_makes_necessary():
    given = Answers(common={"has_prior_agreement": True, "term_type": "indefinite"})
    names = {need.variable.name for need in variables_needed(supplied(), given, languages=["en", "fr"])}
    assert "prior_agreement_title" in names
    assert "term_years" not in names


def test_states_are_plain_data():
    state = clauses_in(supplied(), Answers())["fraud-fiu"].to_json()
    assert state["status"] == "ask"
    assert state["facts"] == [{"var": "fiu_name", "asked": False, "value": None}]
    assert state["condition"] == {"op": "set", "var": "fiu_name"}
