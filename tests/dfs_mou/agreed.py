"""An agreement of two parties, made by actions, and how a browser presses its buttons."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from dfs_mou import actions
from dfs_mou.models import Agreement, TemplateEdition

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


def agreement(edition: TemplateEdition) -> tuple[Hand, Hand]:
    """Of its owner and of a guest, both by link."""
    now = timezone.now()
    saved = actions.save_agreement(by=None, edition=edition, languages=["en"], answers=ANSWERS, keep=None, at=now)
    actions.name_party(by=None, token=saved.token, name="Board of Atlantis", at=now)
    guest = actions.invite_party(by=None, token=saved.token, name="Bank of Atlantis", at=now)
    return Hand(saved.token), Hand(guest)


def seal(*hands: Hand) -> None:
    """What pressing “I agree” does, without drawing the page."""
    for hand in hands:
        seen = actions.content_hash(Agreement.objects.select_related("edition").get())
        actions.agree(by=None, token=hand.token, seen=seen, at=timezone.now())


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
