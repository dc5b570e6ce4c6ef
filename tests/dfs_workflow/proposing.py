"""What the tests of proposals share: forms sent as a browser without a script sends them."""

from bs4 import BeautifulSoup
from django.urls import reverse

from dfs_workflow.gate import system_publication
from dfs_workflow.models import (
    Proposal,
)
from dfs_workflow.proposals.content import content_in
from tests.dfs_workflow.conftest import as_user
from tests.testapp.models import GovernedPage

BODY = [
    {"type": "text", "value": "<p>Operators <b>must</b> answer within 24 hours.</p>", "id": "b1"},
    {"type": "text", "value": "<p>Logs are kept.</p>", "id": "b2"},
    {"type": "word", "value": "Last", "id": "b3"},
]


def place(page, where):
    return reverse("dfs_workflow:propose_text", args=[page.pk, where])


def sent(client, url, **changes):
    """Opens the form and sends it with some changes, as a browser without a script would."""
    form = client.get(url)
    assert form.status_code == 200, form.content.decode()
    soup = BeautifulSoup(form.content, "html.parser").find("main")
    data = {row["name"]: row.get("value", "") for row in soup.find_all("input") if row.get("name")}
    data |= {row["name"]: row.get_text().removeprefix("\n") for row in soup.find_all("textarea")}
    return client.post(url, {**data, **{name.replace("_", "-"): value for name, value in changes.items()}})


def proposed(client, page, where, text, reason="Because."):
    response = sent(client, place(page, where), text_0=text, reason=reason)
    assert response.status_code == 302, response.content.decode()
    return Proposal.objects.get(number=response["Location"].rstrip("/").rpartition("/")[2])


def act(user, proposal, what, **data):
    return as_user(user).post(reverse(f"dfs_workflow:{what}", args=[proposal.number]), data)


def accepted(user, proposal, **data):
    """Sends the form of the decision as the page shows it."""
    html = as_user(user).get(reverse("dfs_workflow:proposal", args=[proposal.number])).content
    soup = BeautifulSoup(html, "html.parser")
    form = {row["name"]: row["value"] for row in soup.select('input[form="decide"][type="hidden"]')}
    form |= {row["name"]: row["value"] for row in soup.select('input[form="decide"][checked]')}
    form |= {row["name"]: row.get_text().removeprefix("\n") for row in soup.select('textarea[form="decide"]')}
    return act(user, proposal, "decide_proposal", **{**form, "decision": "accept", "reason": "Yes.", **data})


def applied(user, proposal):
    response = act(user, proposal, "apply_proposal")
    assert response.status_code == 302, response.content.decode()


def approve(user, instance):
    fresh = type(instance).objects.get(pk=instance.pk)
    task_state = fresh.current_workflow_task_state
    task_state.task.specific.on_action(task_state, user, "approve", comment="")


def raw(page):
    return [(row["value"], row["id"]) for row in content_in(page, page.latest_revision)["body"]]


def publish(page, key, value):
    page = GovernedPage.objects.get(pk=page.pk)
    rows = content_in(page, page.latest_revision)["body"]
    page.body = page.body.stream_block.to_python([{**row, "value": value} if row["id"] == key else row for row in rows])
    with system_publication(reason="Set up for a test"):
        page.save_revision().publish()
    return GovernedPage.objects.get(pk=page.pk)


def sides(item):
    return item.base, item.proposed
