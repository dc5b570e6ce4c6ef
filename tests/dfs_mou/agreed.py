"""An agreement of two parties, made by actions, and how a browser presses its buttons."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from dfs_mou import actions
from dfs_mou.models import Agreement, TemplateEdition
from dfs_workflow.models import Organisation
from tests.dfs_workflow.people import member

URL = "/en/mou-builder/"
ANSWERS = {
    "common": {"term_years": 3, "review_period_months": 12, "termination_notice_days": 90},
    "values": {"en": {"telecom_regulator_name": "Board of Atlantis", "central_bank_name": "Bank of Atlantis"}},
    "parties": {"country": "NG", "regulator": "", "bank": ""},
}


class Hand:
    """Somebody at the page of an agreement, by a link or signed in."""

    def __init__(self, token: str, client: Client | None = None) -> None:
        self.token, self.client = token, client or Client()
        self.url = f"{URL}agreement/{token}/"

    def room(self) -> Any:
        return self.client.get(self.url)

    def press(self, go: str, **data: Any) -> Any:
        return self.client.post(self.url, {"go": go, "language": "en", **data})

    def agree(self) -> Any:
        page = BeautifulSoup(self.room().content, "lxml")
        return self.press(page.find("button", value=lambda value: (value or "").startswith("agree."))["value"])


def agreement(edition: TemplateEdition, names: dict[str, str] | None = None) -> tuple[Hand, Hand]:
    """Of its owner and of a guest, both by link."""
    now, answers = timezone.now(), ANSWERS | {"values": {"en": ANSWERS["values"]["en"] | (names or {})}}
    saved = actions.save_agreement(by=None, edition=edition, languages=["en"], answers=answers, keep=None, at=now)
    actions.name_party(by=None, token=saved.token, name="Board of Atlantis", at=now)
    guest = actions.invite_party(by=None, token=saved.token, name="Bank of Atlantis", at=now)
    return Hand(saved.token), Hand(guest)


def seal(*hands: Hand) -> None:
    """What pressing “I agree” does, without drawing the page."""
    for hand in hands:
        seen = actions.content_hash(Agreement.objects.select_related("edition").get())
        actions.agree(by=None, token=hand.token, seen=seen, at=timezone.now())


def signed_today(*hands: Hand) -> tuple[Hand, ...]:
    """Agreed to by all, and recorded as signed."""
    seal(*hands)
    today = timezone.localdate()
    actions.conclude(
        by=None,
        token=hands[0].token,
        title="MOU of Atlantis",
        language="en",
        signed_on=today,
        starts_on=None,
        today=today,
        at=timezone.now(),
    )
    return hands


def signed_pair(edition: TemplateEdition, directory: dict[str, Organisation]) -> tuple[Hand, ...]:
    """Signed by two authorities of the directory; each by its link, and signed in as one of its members."""
    names = {"telecom_regulator_name": directory["ncc"].name, "central_bank_name": f"{directory['cbn'].name} "}
    hands = signed_today(*agreement(edition, names))
    for hand, own in zip(hands, ("ncc", "cbn"), strict=True):
        hand.client = signed_in(member(f"of-{own}", directory[own]))
    return hands


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
