from argparse import ArgumentParser

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from wagtail.models import GroupPagePermission

STEPS = ("load_organisations", "load_charter", "load_content", "seed_termbase", "load_mou_template", "set_up_platform")


class Command(BaseCommand):
    help = "Loads the directory, the charter, the content and the model MOU, then sets up the roles; all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--languages", help="draft translations of the content to load, for example: fr,ar (all)")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *, dry_run: bool, languages: str | None, **options: object) -> None:
        with transaction.atomic():
            for step in STEPS:
                asked = {"languages": languages} if step == "load_content" else {}
                call_command(step, stdout=self.stdout, stderr=self.stderr, **asked)
            leave_publishing_to_the_review()
            if dry_run:
                transaction.set_rollback(True)
                self.stdout.write("Nothing was changed: this was a dry run.")
        if connection.vendor == "sqlite" and not dry_run:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA optimize=0x10002")  # statistics; without them listings slow down tenfold


def leave_publishing_to_the_review() -> None:
    """A new Wagtail lets its own group of moderators publish everything. The gate would refuse; nor is it offered."""
    moderators = Group.objects.filter(name="Moderators")
    GroupPagePermission.objects.filter(group__in=moderators, permission__codename="publish_page").delete()
