"""Rounds of digests: each day and each week ends at midnight, and what wants to be heard at once follows by minutes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_tasks import task

from dfs_workflow.models import DigestWindow, MailChoice, Membership
from dfs_workflow.notifications import post, queue
from dfs_workflow.notifications.digest import language_of, write_digest
from dfs_workflow.notifications.news import News, collect
from dfs_workflow.permissions import Standing, standings

Pace = MailChoice.Pace
LENGTH = {Pace.INSTANT: timedelta(minutes=15), Pace.DAILY: timedelta(days=1), Pace.WEEKLY: timedelta(days=7)}
# Between the ends of two rounds; an hour of daylight saving is no day more or less.
SHORTEST = {Pace.INSTANT: timedelta(minutes=10), Pace.DAILY: timedelta(hours=20), Pace.WEEKLY: timedelta(hours=20)}
# What is older after a standstill is no news any more.
LONGEST = {Pace.INSTANT: timedelta(days=1), Pace.DAILY: timedelta(days=7), Pace.WEEKLY: timedelta(days=14)}
DEAD_AFTER = timedelta(hours=2)
CHUNK = 200


def due_rounds(at: datetime) -> list[DigestWindow]:
    """Those that end now and were not begun, and those whose worker died: safe to repeat, mails are written once."""
    asked_for = set(MailChoice.objects.values_list("pace", flat=True).distinct()) | {Pace.WEEKLY}
    for pace in LENGTH:
        if pace in asked_for:
            open_round(pace, end_of(pace, at))
    given_up = Q(claimed_at=None) | Q(claimed_at__lt=at - DEAD_AFTER)
    return list(DigestWindow.objects.filter(given_up, done_at=None).order_by("until"))


def end_of(pace: str, at: datetime) -> datetime:
    """The last midnight, or that before the last Monday, in the time of the site."""
    if pace == Pace.INSTANT:
        return at.replace(second=0, microsecond=0)
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday()) if pace == Pace.WEEKLY else midnight


@transaction.atomic
def open_round(pace: str, until: datetime) -> None:
    """Begins where the last one ended, so that nothing falls between two."""
    last = DigestWindow.objects.filter(pace=pace).order_by("until").last()
    if last is not None and until - last.until < SHORTEST[Pace(pace)]:
        return
    since = max(last.until, until - LONGEST[Pace(pace)]) if last else until - LENGTH[Pace(pace)]
    DigestWindow.objects.get_or_create(pace=pace, until=until, defaults={"since": since})


def put_rounds(at: datetime) -> int:
    rounds = due_rounds(at)
    for row in rounds:
        queue.put(make_round, row.pk)
    return len(rounds)


@task()
def make_round(window_id: int) -> None:
    """One person after the other, so that memory doesn't grow with their number."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - DEAD_AFTER)
    if not DigestWindow.objects.filter(free, pk=window_id, done_at=None).update(claimed_at=now):
        return
    window = DigestWindow.objects.get(pk=window_id)
    news = collect(window.since, window.until)
    written = sum(write_digest(*reader, news) for reader in readers(window.pace, news))
    window.mails, window.done_at = written, timezone.now()
    window.save(update_fields=["mails", "done_at"])
    if written:
        queue.put(post.deliver)


def readers(pace: str, news: News) -> Iterator[tuple[Any, MailChoice, str, Standing]]:
    if news.is_empty and pace == Pace.INSTANT:
        return
    member = Exists(Membership.objects.active().filter(user=OuterRef("pk")))
    wanted = Q(dfs_mail_choice__pace=pace)
    if pace == Pace.WEEKLY:
        wanted |= Q(member, dfs_mail_choice=None)
    people = get_user_model()._default_manager.filter(wanted, is_active=True).exclude(email="")
    people = people.select_related("dfs_mail_choice", "wagtail_userprofile").order_by("pk")
    people = people.prefetch_related("groups")
    last = 0
    # In pieces and not by `iterator()`: SQLite refuses to write while older rows are still being read.
    while chunk := list(people.filter(pk__gt=last)[:CHUNK]):
        known = standings(chunk)
        for user in chunk:
            choice = getattr(user, "dfs_mail_choice", None) or MailChoice(user=user)
            yield user, choice, language_of(user), known[user.pk]
        last = chunk[-1].pk
