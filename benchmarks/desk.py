"""A reviewer's desk with 30 open reviews and with ten times as many.

    python -m benchmarks.desk [--items 30]
    DATABASE_URL=postgres://postgres@127.0.0.1/empty python -m benchmarks.desk

Queries and CPU seconds, those of PostgreSQL included where it runs here, of what waits for one person, of the admin's
home page that shows it and of the reminders that are due, beside fetching as many plain rows.
"""

import argparse
import sys
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from benchmarks.translation import processor_time, set_up  # noqa: E402

IN_A_BUNDLE = 4  # each such review is of a bundle of two statements
RUNS = 3


class World:
    """One writes, one reviews, one did both and must not see what they wrote themselves."""

    def __init__(self) -> None:
        from django.contrib.auth.models import Group, User
        from django.core.management import call_command
        from wagtail.models import Locale, Page

        from tests.testapp.models import GovernedHome

        self.english = Locale.objects.get_or_create(language_code="en")[0]
        self.home = self.created(Page.get_first_root_node(), GovernedHome(title="H", slug="h", locale=self.english))
        call_command("set_up_platform", verbosity=0)
        self.editor, self.reviewer = (User.objects.create_user(name) for name in ("editor", "reviewer"))
        self.editor.groups.set(Group.objects.filter(name="Editors"))
        self.reviewer.groups.set(Group.objects.filter(name="Reviewers"))
        self.reviewer = User.objects.get(pk=self.reviewer.pk)
        self.reviews = 0

    def created(self, parent, page):
        from dfs_workflow.gate import system_publication
        from dfs_workflow.importers.tree import create_pages

        with system_publication(reason="Benchmark"):
            return create_pages(parent, [(page, [])])[0]

    def fill(self, reviews: int) -> None:
        from dfs_workflow import actions

        while self.reviews < reviews:
            self.reviews += 1
            if self.reviews % IN_A_BUNDLE:
                draft = self.draft()
                draft.get_workflow().start(draft, self.editor)
            else:
                pages = [self.draft(), self.draft()]
                actions.submit_bundle(title=f"Bundle {self.reviews}", objects=pages, by=self.editor)

    def draft(self):
        from tests.testapp.models import GovernedStatement

        number = GovernedStatement.objects.count()
        page = GovernedStatement(title=f"Statement {number}", slug=f"s{number}", reference=f"BNC-{number}", text="Old")
        page = self.created(self.home, page)
        page.text = "New"
        page.save_revision(user=self.editor)
        return type(page).objects.get(pk=page.pk)


def measured(name: str, run, reviews: int) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    run()
    best, queries = float("inf"), 0
    for _attempt in range(RUNS):
        with CaptureQueriesContext(connection) as captured:
            start = processor_time()
            run()
            best, queries = min(best, processor_time() - start), len(captured)
    print(f"{name:34} {best * 1000:8.1f} ms CPU {best / reviews * 1e6:8.1f} µs/review {queries:4} queries")
    return best, queries


def measure(world: World) -> dict[str, tuple[float, int]]:
    from django.test import Client
    from django.utils import timezone
    from wagtail.models import TaskState

    from dfs_workflow import actions
    from dfs_workflow.models.task import open_steps
    from dfs_workflow.reports.desk import desk_of

    now, client = timezone.now(), Client()
    client.force_login(world.reviewer)
    print(f"\n{world.reviews} open reviews, a quarter of them of bundles")
    assert len(desk_of(world.reviewer, now).waiting) == world.reviews
    assert not desk_of(world.editor, now).waiting and len(desk_of(world.editor, now).own) == world.reviews
    assert len(desk_of(world.reviewer, now + timedelta(days=30)).overdue) == world.reviews
    plain = TaskState.objects.select_related("workflow_state__requested_by", "revision")
    return {
        "plain rows": measured("as many plain rows", lambda: list(plain.all()), world.reviews),
        "steps": measured("open steps, as reminders read them", lambda: list(open_steps()), world.reviews),
        "desk": measured("desk of who reviews", lambda: desk_of(world.reviewer, now), world.reviews),
        "own": measured("desk of who submitted", lambda: desk_of(world.editor, now), world.reviews),
        "home": measured("home page of the admin", lambda: client.get("/admin/"), world.reviews),
        "reminders": measured("reminders, none due", lambda: actions.remind_reviewers(at=now), world.reviews),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=30)
    items = parser.parse_args().items
    set_up()
    world = World()
    world.fill(items)
    small = measure(world)
    world.fill(items * 10)
    large = measure(world)
    print()
    for name, (cpu, queries) in small.items():
        growth = large[name][0] / cpu / 10
        print(
            f"growth per review at ten times as many, {name:10}: × {growth:.2f}, queries {queries} → {large[name][1]}"
        )


if __name__ == "__main__":
    main()
