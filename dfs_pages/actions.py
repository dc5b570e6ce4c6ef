"""Every change of state of this app that a person makes outside of Wagtail's own forms."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from dfs_pages.forms import PERSONAL
from dfs_pages.models import MissedSearch, Opinion

LONGEST_MISSED = 80
MOST_MISSED = 5000
MOST_OPINIONS = 5000


@transaction.atomic
def reword_statement(*, page: Any, statement: str, by: Any) -> Any:
    """Saves new words of a recommendation or control as a draft on top of its newest version."""
    page.statement = statement
    page.full_clean()
    return page.save_revision(user=by, log_action=True, changed=True)


@transaction.atomic
def count_missed_search(*, text: str, language: str, on: date) -> None:
    """Counts words that found nothing, by no name and no address; what may itself name somebody is not kept."""
    text = " ".join(text.casefold().split())
    if not text or len(text) > LONGEST_MISSED or PERSONAL.search(text):
        return
    known = MissedSearch.objects.filter(text=text, language=language)
    if known.update(times=F("times") + 1, last_on=on):
        return
    if MissedSearch.objects.count() >= MOST_MISSED:
        oldest = MissedSearch.objects.order_by("times", "last_on").values_list("pk", flat=True)[: MOST_MISSED // 10]
        MissedSearch.objects.filter(pk__in=list(oldest)).delete()
    MissedSearch.objects.create(text=text, language=language, first_on=on, last_on=on)


@transaction.atomic
def keep_opinion(*, path: str, language: str, is_helpful: bool, reason: str, on: date) -> None:
    """The oldest go when there are too many."""
    if Opinion.objects.count() >= MOST_OPINIONS:
        oldest = Opinion.objects.order_by("on", "pk").values_list("pk", flat=True)[: MOST_OPINIONS // 10]
        Opinion.objects.filter(pk__in=list(oldest)).delete()
    Opinion.objects.create(path=path, language=language, is_helpful=is_helpful, reason=reason, on=on)
