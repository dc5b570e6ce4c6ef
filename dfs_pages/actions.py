"""Every change of state of this app that a person makes outside of Wagtail's own forms."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dfs_pages.forms import PERSONAL
from dfs_pages.models import BrokenLink, MissedSearch, Opinion
from dfs_pages.query.faults import ELSEWHERE, Fault, faults_of, is_inherited
from dfs_workflow.models import PublicationRefused

LONGEST_MISSED = 80
MOST_MISSED = 5000
MOST_OPINIONS = 5000
FAULTS_NAMED = 5
LONGEST = 500


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


def require_links(*, drafts: Sequence[Any]) -> None:
    """Refuses texts that are to go live together, where a link in them leads nowhere."""
    faults = [fault for fault in faults_of(drafts, coming=drafts) if not is_inherited(fault)]
    if faults:
        title = faults[0].page.title
        named = "; ".join(str(fault) for fault in faults[:FAULTS_NAMED] if fault.page is faults[0].page)
        raise PublicationRefused(
            _("“%(title)s” can't be published while it has links that lead nowhere: %(faults)s.")
            % {"title": title, "faults": named}
        )


@transaction.atomic
def keep_faults(*, faults: Iterable[Fault], is_elsewhere: bool, on: date) -> list[BrokenLink]:
    """Everything that was found here or elsewhere; what isn't found any more is forgotten. Returns what is new, which
    for another site is what failed on a second day: it may have been out of order."""
    rows = BrokenLink.objects.all()
    rows = rows.filter(reason__in=ELSEWHERE) if is_elsewhere else rows.exclude(reason__in=ELSEWHERE)
    before = {key_of(row): row for row in rows}
    kept, news = {}, []
    for fault in faults:
        words, target = fault.words[:LONGEST], fault.target[:LONGEST]
        new = BrokenLink(
            page_id=fault.page.pk, reason=fault.reason, words=words, target=target, first_on=on, last_on=on
        )
        row = before.get(key_of(new), new)
        is_second = row.times == 1 and row.last_on < on
        if row.last_on < on:
            row.times, row.last_on = row.times + 1, on
        if is_second if is_elsewhere else row.pk is None:
            news.append(row)
        row.save()
        kept[key_of(row)] = before[key_of(row)] = row
    BrokenLink.objects.filter(pk__in=[row.pk for key, row in before.items() if key not in kept]).delete()
    return news


def key_of(row: BrokenLink) -> tuple[Any, ...]:
    return row.page_id, row.reason, row.words, row.target
