"""The check of a template: it finds what an editor did not mean, in words, and is silent about the shipped one."""

import copy
import re
from functools import lru_cache
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.management import call_command
from django.test import RequestFactory, TestCase
from django.utils.translation import override

from dfs_mou.documents.edition import Edition
from dfs_mou.documents.edition_checks import Problem, is_loose, problems
from dfs_mou.documents.edition_lint import lint
from dfs_mou.documents.tree import build
from dfs_mou.exporters.samples import sample_answers
from dfs_mou.models import ClausePage, MouTemplatePage, QuestionGroupPage
from dfs_mou.views.lint import about, sentence, tell_after_saving
from dfs_mou.views.words import Words
from tests.dfs_mou.form import text_of
from tests.dfs_mou.mou_content import DATE, paragraphs, supplied, supplied_json
from tests.dfs_mou.site import make_homes


@lru_cache(1)
def original():
    return supplied_json()


def changed(change):
    content = copy.deepcopy(original())
    change(content)
    return Edition.from_json(content)


def node(content, key):
    def below(rows):
        for row in rows:
            yield row
            yield from below(row["clauses"])

    return next(row for row in below([*content["clauses"], *content["annexes"]]) if row["key"] == key)


def condition(key, value):
    return lambda content: node(content, key).update(condition=value)


BINDING_NO = {"op": "eq", "var": "binding", "value": "no"}
BINDING_YES = {"op": "eq", "var": "binding", "value": "yes"}
BOTH = {"op": "all", "of": [BINDING_NO, BINDING_YES]}


def lose_chip(content):
    body = node(content, "purpose-object")["body"]
    body["fr"] = [[run for run in row if "var" not in run] for row in body["fr"]]


def double_reference(content):
    body = node(content, "purpose-object")["body"]
    body["fr"] = [[*body["fr"][0], {"ref": "purpose"}], *body["fr"][1:]]


def unused(content):
    content["variables"].append({**content["variables"][0], "name": "nobody_asks", "form_of": None})


def no_form(content):
    row = next(row for row in content["variables"] if row["form_of"] and row["form_of"].endswith(":genitive"))
    row["form_of"] = row["form_of"].replace(":genitive", ":vocative")


def unreachable(content):
    condition("costs", BOTH)(content)


def test_what_answers_print_two_alternatives_is_said_in_words_of_the_editor():
    """Both tests of the effect hold for an MOU that doesn't bind."""
    edition = changed(condition("legal-effect-partial", BINDING_NO))
    with override("fr"):
        (found,) = [row for row in problems(edition) if "legal-effect-partial" in row.keys]
    assert "Portée juridique\u00a0: sans force obligatoire" in found.sentence
    assert "binding" not in found.sentence


FAULTS = [
    (condition("severability", BOTH), "never", "is never printed"),
    (
        condition("severability", {"op": "not", "of": [{"op": "all", "of": [BINDING_NO, BINDING_YES]}]}),
        "always",
        "always",
    ),
    (lose_chip, "chips", "stands there 0 times, in the source 1 times"),
    (double_reference, "chips", "in the source 0 times"),
    (unused, "unused", "is never asked: no text prints it"),
    (unreachable, "unreachable", "only parts that are never printed need it"),
    (no_form, "no_form", "no form of the name is proposed"),
]


@pytest.mark.parametrize(("change", "code", "words"), FAULTS, ids=lambda value: value if isinstance(value, str) else "")
def test_each_fault_is_found_and_told_in_words(change, code, words):
    edition = changed(change)
    found = [row for row in lint(edition) if row.code == code]
    assert found
    assert any(words in sentence(row, Words(edition, "en")) for row in found)


def faulty(content):
    """References that lead nowhere or to what may be absent, and a question that nobody asks."""
    for key, target in (("purpose-object", "nowhere"), ("purpose-objectives", "working-groups")):
        for body in node(content, key)["body"].values():
            body[0].append({"ref": target})
    unused(content)


def test_faults_are_named_in_words_and_none_hides_another():
    edition = changed(faulty)
    first, second = map(str, problems(edition))
    assert re.fullmatch(r"Clause “.{20,61}” \(purpose-object\): the reference to “nowhere” leads to no .*", first)
    assert "it refers to “Technical working group”, which may be absent" in second
    assert not is_loose(edition)
    assert [row.name for row in lint(edition)] == ["nobody_asks"]
    assert is_loose(changed(condition("costs", {"op": "eq", "var": "no_such_question", "value": "x"})))


def test_a_fault_of_a_question_hides_none_of_a_clause():
    def change(content):
        content["variables"][0] |= {"min": 9, "max": 3}
        refers("severability", "working-groups")(content)

    first, second = map(str, problems(changed(change)))
    assert "the minimum is above the maximum" in first and "may be absent" in second


def refers(key, target):
    def change(content):
        for body in node(content, key)["body"].values():
            body[0].append({"ref": target})

    return change


def test_a_reference_may_lead_to_what_is_printed_whenever_it_is():
    """Both have the same condition; an optional clause that another one brings in is printed without its own."""
    both = [condition(key, BINDING_YES) for key in ("severability", "costs")]
    edition = changed(lambda content: [change(content) for change in (*both, refers("severability", "costs"))])
    assert not problems(edition)
    wider = changed(
        lambda content: [
            change(content) for change in (condition("costs", BINDING_YES), refers("severability", "costs"))
        ]
    )
    (found,) = problems(wider)
    assert "may be absent" in found.sentence and found.keys == ("severability",)


@pytest.mark.django_db
def test_what_was_just_saved_is_told_first():
    mine, other = Problem("The title is missing.", ("costs",)), Problem("Clause “Costs” (costs): …", ("review",))
    assert list(about(ClausePage(key="costs"), (other, mine))) == [mine]


def test_an_example_prints_no_law_of_another_country():
    answers = sample_answers(supplied(), "ng-ncc-cbn")
    assert answers.values["en"]["data_protection_law"] == "the Nigeria Data Protection Act 2023"
    french = build(supplied(), answers, language="fr", date=DATE)
    text = "\n".join(paragraphs(french))
    assert not re.search("Sénégal|Dakar|UMOA|2008-12", text)
    label = supplied().by_name["data_protection_law"].label["fr"]
    assert answers.values["fr"]["data_protection_law"] == f"[{label}]"


def test_the_shipped_template_has_no_finding():
    assert lint(supplied()) == []


@pytest.mark.slow
class EditorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_homes()
        call_command("load_mou_template", template=["mou-template"], stdout=StringIO())

    def setUp(self):
        self.user = get_user_model().objects.create_superuser("editor", "e@example.org", "x")
        self.client.force_login(self.user)
        self.template = MouTemplatePage.objects.get(locale__language_code="en")

    def check(self):
        return text_of(self.client.get(f"/admin/mou/check/{self.template.pk}/"))

    def test_the_check_sees_drafts_and_only_editors_see_the_check(self):
        assert self.check().count("Nothing.") == 2
        page = ClausePage.objects.get(key="severability", locale__language_code="en")
        page.condition = [("test", {"variable": "nothing_of_this_name", "operator": "eq", "value": "x"})]
        page.save_revision(user=self.user)
        assert "Clause “Severability” (severability): its condition names “nothing_of_this_name”" in self.check()
        assert (
            f"/admin/mou/check/{self.template.pk}/"
            in self.client.get(f"/admin/pages/{self.template.pk}/edit/").content.decode()
        )
        self.client.logout()
        assert self.client.get(f"/admin/mou/check/{self.template.pk}/").status_code == 302

    def test_a_question_that_nobody_asks_is_told_when_its_page_is_saved(self):
        group = QuestionGroupPage.objects.filter(locale__language_code="en").first()
        stream = list(group.variables.raw_data)
        stream.append({"type": "variable", "value": {**stream[0]["value"], "name": "nobody_asks", "form_of": ""}})
        group.variables = group.variables.stream_block.to_python(stream)
        group.save_revision(user=self.user)
        request = RequestFactory().get("/")
        request.user, request.session = self.user, self.client.session
        request._messages = FallbackStorage(request)
        tell_after_saving(request, group)
        (told,) = (str(message) for message in request._messages)
        assert "nobody_asks" in told
        assert f"/admin/mou/check/{self.template.pk}/" in told
