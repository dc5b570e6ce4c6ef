"""One member can't silence many comments by flagging them; moderators see who flags how much."""

from typing import Any

import pytest
from django.urls import reverse

from dfs_workflow.models import Organisation, ReaderComment
from tests.dfs_workflow.commenting import written
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.people import member, organisation, stewards

pytestmark = pytest.mark.django_db
MODERATE = reverse("dfs_workflow_comments")


@pytest.fixture
def comments(awa: Any, chapter: Any) -> list[ReaderComment]:
    return [written(awa, chapter, f"Comment number {n}") for n in range(5)]


@pytest.fixture
def leo(roles: Any) -> Any:
    return member("leo", organisation("bank", kind="central-bank"))


def flag(who: Any, comment: ReaderComment, reason: str = "Spam") -> None:
    as_user(who).post(reverse("dfs_workflow:flag_comment", args=[comment.pk]), {"reason": reason})


def states() -> list[str]:
    return list(ReaderComment.objects.order_by("pk").values_list("state", flat=True))


def test_flags_of_one_member_hide_three_until_a_moderator_has_looked(
    comments: Any, leo: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    steward = stewards()[0]
    with django_capture_on_commit_callbacks(execute=True):
        for comment in comments:
            flag(leo, comment)
    assert states() == ["hidden"] * 3 + ["shown"] * 2
    html = as_user(steward).get(MODERATE).content.decode()
    assert "Leo Example (BANK); comments flagged so far: 5, of which moderators kept: 0" in html
    assert all(comment.comment in html for comment in comments)
    assert sum("It is still shown" in mail.body for mail in mailoutbox if mail.to == [steward.email]) == 2
    decide = reverse("dfs_workflow_decide_comment", args=[comments[0].pk])
    as_user(steward).post(decide, {"show": ""})
    html = as_user(steward).get(MODERATE).content.decode()
    assert "of which moderators kept: 1" in html and comments[0].comment not in html
    flag(leo, comments[3])
    assert states() == ["shown", *["hidden"] * 3, "shown"]
    for comment in comments[3:]:  # also one that was never hidden is out of the way once somebody has looked
        as_user(steward).post(reverse("dfs_workflow_decide_comment", args=[comment.pk]), {"show": ""})
    assert comments[4].comment not in as_user(steward).get(MODERATE).content.decode()


def test_a_flag_of_a_second_organisation_hides_what_one_alone_could_not(comments: Any, leo: Any, settings: Any) -> None:
    settings.DFS_WORKFLOW_FLAGS_THAT_HIDE = 0
    lea = member("lea", Organisation.objects.get(key="bank"))
    flag(leo, comments[0], "Advertising")
    flag(lea, comments[0], "Rude")
    assert states()[0] == "shown"
    flag(member("mia", organisation("rival")), comments[0], "Rude")
    assert states()[0] == "hidden"
    assert ReaderComment.objects.order_by("pk")[0].flag_reason == "Advertising\n\nRude"
