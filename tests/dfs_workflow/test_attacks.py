"""Every role tries every route with every verb. A route that is in no row of the table fails this file."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.documents.comment_form import Line
from dfs_workflow.models import HistoryEntry, JoinRequest, Membership
from dfs_workflow.proposals.drafts import edit_item
from tests.dfs_workflow.commenting import written
from tests.dfs_workflow.conftest import as_user, in_group, person
from tests.dfs_workflow.people import member, membership, organisation, stewards, verified_domain
from tests.dfs_workflow.world import make_term
from tests.testapp.models import GovernedStatement

pytestmark = pytest.mark.django_db
NOW = timezone.now()

# Who asks, in this order: anonymous, account without membership, editor of the admin, member, focal point of the
# organisation, focal point of another one, steward.
ROLES = ("anonymous", "outsider", "editor", "member", "focal", "rival", "steward")
# Y: opens, or does it. L: has to sign in. N: refused. X: no such verb. G: the link is dead. F: not found.
ALL, MEMBERS = "YYYYYYY", "LNNYYYY"
SIGNED_IN, VERB, DEAD = "LYYYYYY", "LXXXXXX", "GGGGGGG"
OWN, STEWARD = "LNNNYNY", "LNNNNNY"
PROPOSERS, READERS = "LNYYYYN", "LFFYYYY"
TABLE: dict[str, tuple[str, str]] = {
    # name: GET, POST
    "permanent_link": ("FFFFFFF", "FFFFFFF"),
    "process": (ALL, "XXXXXXX"),
    "join": (ALL, ALL),
    "join_sent": (ALL, "XXXXXXX"),
    "verify_address": (DEAD, DEAD),
    "invitation": (DEAD, DEAD),
    "charter": (ALL, "LGGGGGG"),
    "account": (SIGNED_IN, SIGNED_IN),
    "absence": (SIGNED_IN, SIGNED_IN),
    "mail_choices": (SIGNED_IN, SIGNED_IN),
    "resume_mails": (VERB, SIGNED_IN),
    "unsubscribe": (DEAD, DEAD),
    "fact_check": (DEAD, DEAD),
    "fact_check_text": (DEAD, "XXXXXXX"),
    "own_data": (SIGNED_IN, VERB),
    "leave": (SIGNED_IN, SIGNED_IN),
    "erase": (SIGNED_IN, SIGNED_IN),
    "directory": (MEMBERS, VERB),
    "contact": ("LNNYYYN", "LNNYYYN"),
    "end_membership": (OWN, OWN),
    "confirm_membership": (VERB, OWN),
    "set_focal_point": (VERB, STEWARD),
    "join_requests": ("LNNNYYY", VERB),
    "join_request": ("LNNNYFY", "LNNNYFY"),
    "withdraw_invitation": (VERB, OWN),
    "organisation": (OWN, OWN),
    "add_domain": (VERB, STEWARD),
    "organisation_history": (OWN, VERB),
    **dict.fromkeys(("propose_text", "propose_new", "propose_withdrawal", "propose_move"), (PROPOSERS, PROPOSERS)),
    **dict.fromkeys(("propose_snippet", "propose_new_snippet", "withdraw_snippet"), (PROPOSERS, PROPOSERS)),
    "proposals": (SIGNED_IN, VERB),
    "proposal": (READERS, VERB),
    "proposal_text": (READERS, VERB),
    "proposal_remark": (VERB, READERS),
    "submit_collected": ("LFFFFFF", "LFFFFFF"),
    **dict.fromkeys(("take_on_proposal", "decide_proposal", "apply_proposal"), (VERB, "LFFNNNN")),
    "consultations": (ALL, "XXXXXXX"),
    "consultation": (ALL, "LNNYYYY"),
    "consultation_form": (ALL, "XXXXXXX"),
    "import_answers": (VERB, "LNNYYYY"),
    "open_consultation": (STEWARD, STEWARD),
    "close_consultation": (VERB, "LNNNNNG"),
    "dispose_chosen": (VERB, STEWARD),
    "answer": ("LFFYYFY", "LFFYYFY"),
    "adoptions": (ALL, "XXXXXXX"),
    "record_adoption": ("LNNYYYN", "LNNYYYN"),
    "change_adoption": (VERB, "LFFNYFF"),
    "latest_comments": (ALL, "XXXXXXX"),
    **dict.fromkeys(("comments_feed", "comments_feed_below"), (ALL, "XXXXXXX")),
    "comments": (ALL, "LNNYYYN"),
    "edit_comment": ("LNNYNNN", "LNNYNNN"),
    "flag_comment": ("LNNGYYN", "LNNGYYN"),
    "dfs_workflow_comments": (STEWARD, "LNXNNNX"),
    "dfs_workflow_decide_comment": ("LNXNNNX", STEWARD),
    "dfs_workflow_mails": (STEWARD, "LNXNNNX"),
    "dfs_workflow_send_again": ("LNXNNNX", "LNNNNNF"),
    "dfs_workflow_access": (STEWARD, "LNXNNNX"),
    "dfs_workflow_rules": (STEWARD, STEWARD),
    "dfs_workflow_charter": (STEWARD, STEWARD),
    "dfs_workflow_proposals": ("LNNNNNN", "LNNNNNN"),
    "dfs_workflow_fact_check": ("LNFNNNF", "LNFNNNF"),
    "dfs_workflow_publish_alone": ("LNNNNNN", "LNNNNNN"),
    "dfs_workflow_overrides": ("LNYNNNN", "LNYNNNN"),
    "dfs_workflow_sign_off": ("LNXNNNX", "LNFNNNF"),
    "dfs_workflow_page_history": ("LNYNNNY", "LNXNNNX"),
}
# Belong to the review of pages: who may is the business of tests/dfs_workflow/test_gate_routes.py.
REVIEW_ROUTES = re.compile(r"dfs_workflow_(submit_bundle|submit_translation|ask_change|ask_snippet_change)")
# Frozen editions: what is public is public for everybody; who may prepare and decide one is tested with them.
EDITION_ROUTES = re.compile(r"edition|dfs_workflow_(decide_edition|editions)")
# Programs of mail post here without a session; the signature in the address is all that counts.
WITHOUT_A_FORM = {"unsubscribe"}
OPEN_ACCOUNT_ROUTES = {
    *("account_login", "account_logout", "account_inactive", "account_signup", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("mfa_login_webauthn", "mfa_authenticate"),  # steps of signing in
}
OPEN_ADMIN_PATHS = re.compile(r"^admin/(login/|logout/|password_reset|sprite|jsi18n)")


def routes(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, str]]:
    """Path, namespace and name of everything that has an address."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path, entry.namespace or space)
        elif isinstance(entry, URLPattern):
            yield path, space, entry.name or ""


@pytest.fixture
def world(chapter: Any, roles: Any) -> dict[str, Any]:
    own, other = organisation(), organisation("rival")
    verified_domain(own, "anrc.example")
    steward, _second = stewards()
    target = member("leo", own, may_be_contacted=True)
    people = {
        "outsider": person("outsider"),
        "editor": in_group(person("editor"), "Editors"),
        "member": member("awa", own),
        "focal": member("fanta", own, focal_slot=1),
        "rival": member("rita", other, focal_slot=1),
        "steward": steward,
    }
    fields = {"name": "Ada", "email": "ada@anrc.example", "why": "w", "language": "en", "organisation": own}
    asked = JoinRequest.objects.create(asked_at=NOW, verified_at=NOW, **fields)
    sent = actions.invite(by=steward, organisation=own, email="x@anrc.example", name="X", at=NOW)
    number = membership(target).pk
    statement = GovernedStatement.objects.child_of(chapter).first()
    item = edit_item(chapter, chapter.live_revision, {"text": "Intro"}, {"text": "Better"})
    proposal = actions.propose(by=people["member"], items=[item], title="T", reason="Because.", at=NOW)
    said = written(people["member"], chapter)
    consultation = actions.open_consultation(by=steward, page=chapter, title="T", at=NOW)
    adoption = actions.record_adoption(by=people["member"], page=statement, state="adopted", at=NOW)
    lines = [Line(clause="TST-1", kind="te", comment="Say more.")]
    actions.answer_consultation(by=people["member"], consultation=consultation, lines=lines, at=NOW)
    about = ("proposal", "proposal_text", "proposal_remark", "take_on_proposal", "decide_proposal", "apply_proposal")
    return {
        "clients": {"anonymous": Client(), **{role: as_user(user) for role, user in people.items()}},
        "permanent_link": ["XXX-1"],
        "propose_text": [chapter.pk, "text"],
        "propose_new": [chapter.pk, "governedstatement"],
        "propose_new_snippet": ["governedterm"],
        **dict.fromkeys(("propose_snippet", "withdraw_snippet"), ["governedterm", make_term(chapter.locale).pk]),
        **dict.fromkeys(("propose_withdrawal", "propose_move"), [statement.pk]),
        **dict.fromkeys(about, [proposal.number]),
        "submit_collected": [1],
        **dict.fromkeys(("consultation", "import_answers", "close_consultation", "dispose_chosen"), [consultation.pk]),
        "record_adoption": ["TST-1"],
        "change_adoption": [adoption.pk],
        "consultation_form": [consultation.pk, "xlsx"],
        "answer": [consultation.answers.get().pk],
        **dict.fromkeys(("comments", "comments_feed_below"), ["chapter"]),
        **dict.fromkeys(("edit_comment", "flag_comment", "dfs_workflow_decide_comment"), [said.pk]),
        **dict.fromkeys(("verify_address", "invitation", "unsubscribe"), ["token"]),
        **dict.fromkeys(("contact", "end_membership", "confirm_membership", "set_focal_point"), [number]),
        "join_request": [asked.pk],
        "withdraw_invitation": [sent.pk],
        **dict.fromkeys(("organisation", "add_domain", "organisation_history"), [own.key]),
        "fact_check": ["token"],
        "fact_check_text": ["token", 1],
        **dict.fromkeys(("dfs_workflow_fact_check", "dfs_workflow_sign_off", "dfs_workflow_send_again"), [0]),
        "dfs_workflow_publish_alone": [chapter.pk],
        "dfs_workflow_page_history": [chapter.pk],
    }


def outcome(response: HttpResponse, role: str) -> str:
    if response.status_code == 302:
        is_login = "/accounts/login/" in response["Location"]
        if is_login:
            return "L" if role == "anonymous" else "N"
        return "N" if response["Location"] == "/admin/" else "Y"
    return {200: "Y", 403: "N", 404: "F", 405: "X", 409: "G"}.get(response.status_code, str(response.status_code))


def address(name: str, world: dict[str, Any]) -> str:
    full = name if name.startswith("dfs_workflow_") else f"dfs_workflow:{name}"
    return reverse(full, args=world.get(name, []))


def undone(client: Client, verb: str, url: str, data: Any = None) -> HttpResponse:
    """What it would do is taken back, so that the next role meets the same world."""
    with transaction.atomic():
        response = client.generic(verb, url, data or "", "application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response  # type: ignore[no-any-return]


def test_every_route_is_in_the_table() -> None:
    named = {name for _path, space, name in routes() if space == "dfs_workflow" or name.startswith("dfs_workflow_")}
    elsewhere = {name for name in named if REVIEW_ROUTES.match(name) or EDITION_ROUTES.match(name)}
    assert named - elsewhere - TABLE.keys() == set()
    assert TABLE.keys() - named == set()


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_every_role_gets_what_the_table_says(world: dict[str, Any], verb: str, settings: Any) -> None:
    settings.DFS_WORKFLOW_REQUESTS_PER_HOUR = 10_000
    found = {}
    for name in TABLE:
        url = address(name, world)
        found[name] = "".join(outcome(undone(world["clients"][role], verb, url), role) for role in ROLES)
    expected = {name: row[verb == "POST"] for name, row in TABLE.items()}
    assert {name: said for name, said in found.items() if said != expected[name]} == {}


def test_other_verbs_change_nothing_for_anybody(world: dict[str, Any]) -> None:
    before = HistoryEntry.objects.count(), JoinRequest.objects.count()
    for name in TABLE:
        for role, verb in (("anonymous", "PUT"), ("rival", "PATCH"), ("steward", "DELETE")):
            assert world["clients"][role].generic(verb, address(name, world)).status_code < 500
    assert (HistoryEntry.objects.count(), JoinRequest.objects.count()) == before
    assert Membership.objects.active().count() == 4


def test_a_form_of_another_site_is_refused_everywhere(world: dict[str, Any]) -> None:
    """With the session of who may most, and without the secret of the form."""
    steward = world["clients"]["steward"]
    forged = Client(enforce_csrf_checks=True)
    forged.cookies["sessionid"] = steward.cookies["sessionid"].value
    for name, (_get, post) in TABLE.items():
        if name not in WITHOUT_A_FORM and ("Y" in post or "G" in post):
            assert forged.post(address(name, world), {"x": "1"}).status_code == 403, name
    for name in ("account_login", "account_logout", "account_reset_password"):
        assert forged.post(reverse(name), {}).status_code == 403, name


@pytest.mark.parametrize("role", ["member", "rival"])
@pytest.mark.parametrize("name", ["contact", "end_membership", "join_request", "organisation", "organisation_history"])
def test_numbers_and_names_that_are_guessed_tell_nothing(world: dict[str, Any], name: str, role: str) -> None:
    """The answer is the same for what exists elsewhere and for what doesn't exist."""
    Membership.objects.update(may_be_contacted=False)
    if name == "join_request":  # of an organisation that isn't in the directory
        JoinRequest.objects.update(organisation=None, new_organisation="New")
    client, missing = world["clients"][role], "nothing" if name.startswith("organisation") else 999_999
    answers = [client.get(address(name, {name: [key]})) for key in (world[name][0], missing)]
    decides_about_others = name == "join_request" and role == "rival"
    assert {answer.status_code for answer in answers} == {404 if decides_about_others else 403}
    bodies = {re.sub(rf"/{world[name][0]}/|/{missing}/", "/KEY/", answer.content.decode()) for answer in answers}
    assert len({re.sub(r'value="\w{64}"', "", body) for body in bodies}) == 1


def fill(path: str) -> str:
    """An address of the pattern, with something in each hole."""
    path = re.sub(r"<(?:int:)\w+>", "1", path)
    path = re.sub(r"<(?:uuid:)\w+>", "12345678-1234-5678-1234-567812345678", path)
    path = re.sub(r"<[^<>]*>", "x", re.sub(r"\(\?P<\w+>(\\d|\[0-9\])\+\)", "1", path))
    return re.sub(r"\(\?P?x?[^)]*\)|[\\^$]|\([^)]*\)", "x", path).replace("xx", "x")


def test_no_screen_of_the_admin_opens_to_who_may_not_enter_it(world: dict[str, Any]) -> None:
    paths = {fill(path) for path, _space, _name in routes() if path.startswith("admin/")}
    paths = {path for path in paths if not OPEN_ADMIN_PATHS.match(path)}
    assert len(paths) > 200
    opened = [
        (role, verb, path, response.status_code)
        for path in sorted(paths)
        for role, verb in (("anonymous", "GET"), ("focal", "POST"))
        if (response := undone(world["clients"][role], verb, f"/{path}")).status_code in {200, 500}
    ]
    assert opened == []


def test_everything_about_an_account_but_signing_in_needs_one() -> None:
    names = {name for path, _space, name in routes() if "accounts/" in path and name}
    assert names >= OPEN_ACCOUNT_ROUTES
    for name in sorted(names - OPEN_ACCOUNT_ROUTES):
        url = reverse(name, args=[1] if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else [])
        for verb in ("get", "post"):
            response = getattr(Client(), verb)(url)
            assert response.status_code == 302 and "/accounts/login/" in response["Location"], (verb, name)
