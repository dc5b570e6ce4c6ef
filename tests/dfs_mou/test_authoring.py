"""Writing a template in the admin: the preview inside the document, the chips, and what keeps an edition back."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission

from dfs_mou import actions
from dfs_mou.exporters.edition_json import edition_json
from dfs_mou.models import ClausePage, MouTemplatePage, QuestionGroupPage, TemplateEdition
from dfs_workflow.actions import set_up_review, submit_bundle
from tests.dfs_mou.form import text_of
from tests.dfs_mou.small_template import make_small_template, question, test_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def template():
    return make_small_template()


@pytest.fixture
def editor(django_user_model, template):
    """May change the template, and nothing else."""
    group = Group.objects.create(name="writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    right = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=template, permission=right)
    user = django_user_model.objects.create_user("writer", "w@example.org", "x")
    user.groups.add(group)
    return user


@pytest.fixture
def outsider(django_user_model):
    """Enters the admin, but may not write in the template."""
    user = django_user_model.objects.create_user("other", "o@example.org", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def page(key):
    return ClausePage.objects.get(key=key)


def draft(key, **fields):
    found = page(key)
    for name, value in fields.items():
        setattr(found, name, value)
    found.save_revision()
    return found


def preview(client, found):
    return client.get(reverse("wagtailadmin_pages:view_draft", args=[found.pk]), {"mode": "document"})


def test_a_draft_is_shown_inside_the_document_with_numbers_references_and_names(client, editor):
    client.force_login(editor)
    found = draft("purpose", body=page("purpose").body.replace("</p>", " Draft words.</p>", 1))
    text = text_of(preview(client, found))
    assert "1. Purpose" in text
    assert "Nigerian Communications Commission and Central Bank of Nigeria : see clause 2 . Draft words." in text
    assert "This is the clause that you are writing." in text


def test_a_clause_that_these_answers_leave_out_is_shown_with_the_reason_and_its_condition(client, editor):
    client.force_login(editor)
    text = text_of(preview(client, page("budget")))
    assert "With these answers the clause is not printed." in text
    assert "Waits for an answer: Is there a budget?" in text
    assert "Printed only if “Is there a budget?” is answered with yes." in text
    assert "2. Budget There is a budget." in text.replace(
        " Printed only if “Is there a budget?” is answered with yes.", ""
    ).replace(" This is the clause that you are writing.", "")


def test_any_pair_of_the_directory_can_be_chosen_and_stays_chosen(client, editor, directory):
    client.force_login(editor)
    name = f"SN.{directory['artp'].pk}.{directory['bceao'].pk}"
    html = preview(client, page("purpose")).content.decode()
    assert f'<option value="{name}">' in html
    back = "http://testserver" + reverse("wagtailadmin_pages:view_draft", args=[page("purpose").pk])
    answer = client.post(reverse("dfs_mou_sample"), {"sample": name}, headers={"referer": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    text = text_of(preview(client, page("purpose")))
    assert "Autorité de Régulation des Télécommunications et des Postes and Banque Centrale" in text
    elsewhere = client.post(reverse("dfs_mou_sample"), {"sample": "no"}, headers={"referer": "http://evil.example/"})
    assert elsewhere["Location"] == reverse("wagtailadmin_home")


def test_what_is_wrong_stands_in_the_place_of_the_document(client, editor):
    client.force_login(editor)
    found = draft("budget", condition=[test_of("nobody_asks_this")])
    text = text_of(preview(client, found))
    assert "There is no document as long as this stands in the template" in text
    assert "nobody_asks_this" in text
    assert "Purpose" not in text


def test_the_preview_may_stand_in_a_frame_of_the_admin_and_nowhere_else(client, editor):
    client.force_login(editor)
    policy = preview(client, page("purpose"))["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in client.get(page("purpose").url)["Content-Security-Policy"]


def test_a_preview_takes_as_many_queries_with_one_draft_as_with_all(client, editor):
    client.force_login(editor)
    preview(client, page("purpose"))

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert "Purpose" in text_of(preview(client, page("purpose")))
        return len(queries)

    draft("budget", guidance="A draft.")
    one = count()
    for key in ("cover", "last"):
        draft(key, guidance="A draft.")
    assert count() == one


def chips(client, kind, address):
    return client.get(reverse("dfs_mou_chips", args=[kind]), {"from": address})


def test_chips_are_offered_with_their_sample_text_drafts_included(client, editor, template):
    client.force_login(editor)
    group = QuestionGroupPage.objects.get()
    group.variables.append(
        (
            "variable",
            group.variables.stream_block.child_blocks["variable"].to_python(
                question("notice", default_value="30", label="Notice")["value"]
            ),
        )
    )
    group.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[page("purpose").pk])
    found = {row["key"]: row for row in chips(client, "mouvar", address).json()["choices"]}
    assert found["notice"] == {"key": "notice", "label": "Notice", "sample": "30", "group": "Parties", "values": []}
    (last,) = [row for row in chips(client, "mouref", address).json()["choices"] if row["key"] == "last"]
    assert (last["label"], last["sample"]) == ("Last things", "clause 3")
    new = reverse("wagtailadmin_pages:add", args=["dfs_mou", "clausepage", template.pk])
    assert chips(client, "mouref", new).status_code == 200


def test_forms_of_names_are_offered_in_words(client, editor, template):
    """A choice beside the field; a form of a form is none, nor has a number one."""
    client.force_login(editor)
    block = QuestionGroupPage._meta.get_field("variables").stream_block.child_blocks["variable"]
    group = QuestionGroupPage.objects.get()
    for name, changes in {
        "authority": {"localised": True, "label": "Name of the authority"},
        "authority_of": {"localised": True, "form_of": "authority:genitive", "label": "After of"},
        "state": {"type": "country", "label": "Country"},
        "days": {"type": "integer", "label": "Days"},
    }.items():
        group.variables.append(("variable", block.to_python(question(name, **changes)["value"])))
    group.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[group.pk])
    found = {row["key"]: row["label"] for row in chips(client, "form", address).json()["choices"]}
    assert found["authority:definite"] == "Name of the authority: with its article"
    assert found["authority:genitive"] == "Name of the authority: after “of”"
    assert found["state:locative"] == "Country: after “in”"
    assert b"dfs_mou/keys.js" in client.get(address).content
    assert not {"authority:locative", "state:definite", "authority_of:genitive", "days:genitive"} & set(found)


def test_chips_are_for_who_may_write_in_the_template(client, outsider, template):
    address = reverse("wagtailadmin_pages:edit", args=[page("purpose").pk])
    assert chips(client, "mouvar", address).status_code == 302
    client.force_login(outsider)
    assert chips(client, "mouvar", address).status_code in (302, 403)
    assert "purpose" not in chips(client, "mouref", address).content.decode()
    for wrong in ("", "/nothing/", "/admin/pages/999999/edit/", reverse("wagtailadmin_home")):
        assert chips(client, "mouvar", wrong).status_code == 404
    assert chips(client, "other", address).status_code == 404


@pytest.mark.parametrize(
    ("key", "fields", "words"),
    [
        ("budget", {"condition": [test_of("has_budget"), test_of("has_budget", "unset")]}, "is never printed"),
        ("budget", {"condition": []}, "“Is there a budget?” is never asked"),
        ("purpose", {"body": '<p><a linktype="mouvar" id="nobody">x</a></p>'}, "“nobody” is not declared"),
        ("purpose", {"body": '<p><a linktype="mouref" id="budget">x</a></p>'}, "may be absent"),
    ],
)
def test_each_fault_is_told_and_keeps_the_edition_back(client, editor, template, key, fields, words):
    before = TemplateEdition.objects.count()
    client.force_login(editor)
    found = draft(key, **fields)
    told = text_of(client.get(reverse("dfs_mou_check", args=[template.pk])))
    assert words in told.partition("What is probably not meant")[0]
    ClausePage.objects.filter(pk=found.pk).update(
        **{name: found._meta.get_field(name).get_prep_value(getattr(found, name)) for name in fields}
    )
    compiled = actions.compile_edition(template=MouTemplatePage.objects.get(pk=template.pk))
    assert compiled.problems
    assert TemplateEdition.objects.count() == before


def test_a_condition_without_its_question_is_told_in_the_words_of_the_form(client, editor, template):
    client.force_login(editor)
    draft("budget", condition=[test_of("")])
    told = text_of(client.get(reverse("dfs_mou_check", args=[template.pk])))
    assert "“Question” is empty in “budget”" in told and "“var”" not in told
    (row,) = here(client, "budget")
    assert (row["keys"], row["field"]) == (["budget"], "condition")


def test_a_changed_condition_is_compared_in_words(client, editor):
    client.force_login(editor)
    found = page("budget")
    (first,) = found.condition.raw_data
    earlier = found.save_revision()
    found.condition = [{**first, "value": {**first["value"], "operator": "ne", "value": "no"}}]
    later = found.save_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[found.pk, earlier.pk, later.pk])
    assert "Condition: has_budget is ticked or filled not no" in text_of(client.get(url))  # deleted, then inserted


def test_a_clause_without_its_reference_is_told_in_the_words_of_the_form(client, editor, template):
    client.force_login(editor)
    found = page("budget")
    found.reference = ""
    found.save_revision(clean=False)
    told = text_of(client.get(reverse("dfs_mou_check", args=[template.pk])))
    assert "“Reference” is empty in “budget”" in told


def here(client, key):
    return client.get(reverse("dfs_mou_findings", args=[page(key).pk])).json()["found"]


def test_the_form_of_a_page_is_told_what_is_wrong_beside_which_field(client, editor, outsider, template):
    client.force_login(editor)
    assert here(client, "budget") == []
    draft("budget", condition=[test_of("nobody_asks")])
    (row,) = here(client, "budget")
    assert (row["keys"], row["field"]) == (["budget"], "condition") and "nobody_asks" in row["said"]
    assert here(client, "purpose") == []
    address = reverse("wagtailadmin_pages:edit", args=[page("budget").pk])
    assert reverse("dfs_mou_findings", args=[page("budget").pk]) in client.get(address).content.decode()
    client.force_login(outsider)
    assert client.get(reverse("dfs_mou_findings", args=[page("budget").pk])).status_code in (302, 403)
    home = page("budget").get_parent().get_parent()
    assert client.get(reverse("dfs_mou_findings", args=[home.pk])).status_code in (302, 404)


def test_required_clauses_and_groups_are_offered_with_their_words(client, editor):
    client.force_login(editor)
    draft("budget", kind="optional")
    draft("last", kind="alternative", alternatives_group="end")
    address = reverse("wagtailadmin_pages:edit", args=[page("purpose").pk])
    found = chips(client, "part", address).json()
    rows = {row["key"]: row for row in found["choices"]}
    assert (rows["budget"]["label"], rows["budget"]["is_optional"]) == ("Budget", True)
    assert (rows["last"]["label"], rows["last"]["alternatives"]) == ("Last things", "end")
    assert "@" in found["texts"]["remove"]


def test_a_part_that_only_the_draft_has_is_told_by_its_key(client, editor):
    client.force_login(editor)
    part = {"key": "new-part", "kind": "mandatory", "numbering": "decimal", "default_included": True, "clauses": []}
    found = page("purpose")
    draft("purpose", clauses=found.clauses.stream_block.to_python([{"type": "clause", "value": part}]))
    assert not page("purpose").clauses
    (row,) = [row for row in here(client, "purpose") if row["field"] == "body"]
    assert row["keys"] == ["new-part"] and "“new-part” has neither" in row["said"]


def test_a_language_that_the_next_edition_would_lose_is_told_before_and_after(client, editor, template):
    client.force_login(editor)
    before = {**edition_json(template), "languages": ["en", "fr"], "version": "0.9.0"}
    fields = {"template": "small", "version": "0.9.0", "sha256": "0" * 64, "languages": ["en", "fr"]}
    TemplateEdition.objects.create(content=before, **fields)
    told = text_of(client.get(reverse("dfs_mou_check", args=[template.pk])))
    assert "A new edition would no longer be in French" in told.partition("What is probably not meant")[2]
    assert "“Parties”" in told
    compiled = actions.compile_edition(template=MouTemplatePage.objects.get(pk=template.pk))
    assert (compiled.is_new, compiled.lost) == (True, ("fr",))


def test_who_approves_reads_before_what_would_keep_the_edition_back(client, editor, template, django_user_model):
    set_up_review()
    django_user_model.objects.filter(pk=editor.pk).update(is_superuser=True)
    editor.refresh_from_db()
    good = submit_bundle(title="Good", objects=[draft("purpose", guidance="New.")], by=editor)
    screen = reverse("wagtailsnippets_dfs_workflow_bundle:edit", args=[good.pk])
    client.force_login(editor)
    assert "To know before you approve" not in text_of(client.get(screen))
    bad = submit_bundle(title="Bad", objects=[draft("budget", condition=[])], by=editor)
    told = text_of(client.get(reverse("wagtailsnippets_dfs_workflow_bundle:edit", args=[bad.pk])))
    assert "To know before you approve" in told
    assert "would go on with the edition before" in told
    assert "“Is there a budget?” is never asked" in told


def test_a_draft_without_a_key_gets_one_later_and_stops_no_check(client, editor, template):
    """Wagtail saves a new page by itself before its form is filled in."""
    client.force_login(editor)
    fields = {"title": "Drills", "slug": "drills", "reference": "MOU-900", "live": False}
    new = ClausePage(**fields, key="drills", locale=template.locale)
    template.add_child(instance=new)
    new.key = ""
    new.save_revision(clean=False)
    ClausePage.objects.filter(pk=new.pk).update(key="", has_unpublished_changes=True)
    draft("budget", condition=[test_of("has_budget"), test_of("has_budget", "unset")])
    assert "is never printed" in text_of(client.get(reverse("dfs_mou_check", args=[template.pk])))
    new = ClausePage.objects.get(pk=new.pk)
    new.key = "drills"
    new.clean()
    new.save()
    new.key = "exercises"
    with pytest.raises(ValidationError, match="permanent"):
        new.clean()
