"""A round of digests for many members: time of the processor, queries for each of them, and memory.

`python -m benchmarks.digest MEMBERS` does one size; `run.py` calls it for two, each in a process of its own.
"""

import os
import resource
import sys
import time
from datetime import timedelta

import django

BATCH = 500
LANGUAGES = ("en", "fr", "es", "ar", "zh-hans", "ru")
DAYS = timedelta(days=7)


def main(members: int) -> None:
    django.setup()
    from django.conf import settings

    from dfs_workflow.models import OutgoingMail
    from dfs_workflow.notifications import post, rounds

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.DEBUG = False
    people = make_members(members)
    make_news(people)
    window = new_window()
    before = peak()
    composing = cpu(lambda: rounds.make_round.call(window.pk))
    window.refresh_from_db()
    assert window.mails == members, (window.mails, members)
    sending = cpu(lambda: send_all(OutgoingMail, post))
    print(
        f"digest for {members} members: composing {composing:.1f} s CPU ({composing / members * 1000:.2f} ms each), "
        f"sending {sending:.1f} s CPU ({sending / members * 1000:.2f} ms each), peak {peak()} MB ({before} MB before)"
    )
    print(f"queries for one more member: {queries_for_one(window)}")


def cpu(work):  # type: ignore[no-untyped-def]
    started = time.process_time()
    work()
    return time.process_time() - started


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def make_members(members: int) -> list[int]:
    """Of twenty organisations, in six languages; without a choice, so each week."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone
    from wagtail.users.models import UserProfile

    from dfs_workflow.models import Membership, Organisation

    organisations = list(Organisation.objects.order_by("pk")[:20])
    users = get_user_model().objects
    Membership.objects.update(ended_at=timezone.now(), focal_slot=None)
    now = timezone.now()
    for start in range(0, members, BATCH):
        numbers = range(start, min(start + BATCH, members))
        names = [f"{os.getpid()}-{number}" for number in numbers]
        rows = users.bulk_create(users.model(username=name, email=f"m{name}@example.org") for name in names)
        UserProfile.objects.bulk_create(
            UserProfile(user=user, preferred_language=LANGUAGES[number % len(LANGUAGES)])
            for number, user in zip(numbers, rows, strict=True)
        )
        Membership.objects.bulk_create(
            Membership(organisation=organisations[user.pk % 20], user=user, started_at=now, confirmed_at=now)
            for user in rows
        )
    return list(users.order_by("-pk").values_list("pk", flat=True)[:2])


def make_news(people: list[int]) -> None:
    """Forty comments, ten proposals and two consultations, beside all that was loaded."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page

    from dfs_workflow.models import Consultation, Organisation, Proposal, ReaderComment

    now = timezone.now() - timedelta(hours=1)
    pages = list(Page.objects.filter(live=True, depth__gte=4, locale__language_code="en").order_by("path")[:40])
    organisation = Organisation.objects.first()
    Page.objects.filter(live=True).update(last_published_at=now)
    for page in pages:
        comment = ReaderComment(
            content_type=ContentType.objects.get_for_model(Page),
            object_pk=str(page.pk),
            site_id=1,
            translation_key=page.translation_key,
            user_id=people[0],
            comment="What do others ask of their operators? " * 5,
            kind="question",
            language="en",
            organisation=organisation,
            submit_date=now,
            accepted_at=now,
            state="shown",
        )
        comment.save()
    for number in range(10):
        Proposal.objects.create(
            number=f"B-{os.getpid()}-{number}", title="Better words", submitted_at=now, state="submitted"
        )
    for page in pages[:2]:
        Consultation.objects.create(
            title="A second draft", translation_key=page.translation_key, opened_at=now, closes_on=now.date() + DAYS
        )


def new_window():  # type: ignore[no-untyped-def]
    from django.utils import timezone

    from dfs_workflow.models import DigestWindow

    until = timezone.now()
    return DigestWindow.objects.create(pace="weekly", since=until - DAYS, until=until)


def send_all(mails, post) -> None:  # type: ignore[no-untyped-def]
    from django.utils import timezone

    while mails.objects.due(timezone.now()).exists():
        post.deliver.call()


def queries_for_one(window) -> int:  # type: ignore[no-untyped-def]
    """As the round does for each; those before have warmed what people of one language and right share."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dfs_workflow.models import OutgoingMail
    from dfs_workflow.notifications.digest import write_digest
    from dfs_workflow.notifications.news import collect
    from dfs_workflow.notifications.rounds import readers

    news = collect(window.since, window.until)
    few = [reader for reader, _number in zip(readers(window.pace, news), range(len(LANGUAGES) + 1), strict=False)]
    for reader in few[:-1]:
        write_digest(*reader, news)
    OutgoingMail.objects.filter(person=few[-1][0]).delete()
    with CaptureQueriesContext(connection) as asked:
        write_digest(*few[-1], news)
    return len(asked)


if __name__ == "__main__":
    main(int(sys.argv[1]))
