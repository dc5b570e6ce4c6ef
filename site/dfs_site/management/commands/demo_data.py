from argparse import ArgumentParser

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from dfs_site.demo_accounts import ACCOUNTS, DemoAccount
from dfs_site.loaded import is_loaded, remember
from dfs_site.static_files import collect_if_changed
from dfs_workflow import actions
from dfs_workflow.models import Charter, Edition, Membership, Organisation
from dfs_workflow.permissions import has_accepted_charter


class Command(BaseCommand):
    help = "Prepares the demo without serving it: tables, real content, one account for each role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--languages", help="draft translations of the content to load, for example: fr,ar (all)")

    def handle(self, *, languages: str | None, **options: object) -> None:
        if not getattr(settings, "DEMO", False):
            raise CommandError("These are the settings of a real site: the demo and its passwords are refused here.")
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("compile_translations", stdout=self.stdout)
        self.stdout.write("Preparing the database…")
        call_command("migrate", verbosity=0, interactive=False)
        if is_loaded(languages):
            self.stdout.write("The content is loaded already. To compare it again: manage.py load_platform")
        else:
            self.stdout.write("Loading the content, once: two minutes or so…")
            self.stdout.flush()  # also into a file, where there is no bar
            call_command("load_platform", languages=languages, stdout=self.stdout, stderr=self.stderr)
            remember(languages)
        make_accounts()
        make_edition()
        collect_if_changed()


@transaction.atomic
def make_edition() -> None:
    """One edition of everything, made by two people as any other."""
    if Edition.objects.exists():
        return
    users = get_user_model().objects
    by, second, now = users.get(username="moderator"), users.get(username="reviewer"), timezone.now()
    edition = actions.propose_edition(
        number=f"{now.year}-1", title="Demo", reason="An example of an edition, made with the demo.", by=by, at=now
    )
    actions.freeze_edition(edition=edition, by=second, at=now)


CONSENTS = {"is_listed": True, "may_be_contacted": True}


@transaction.atomic
def make_accounts() -> None:
    for account in ACCOUNTS:
        make_account(account)


def make_account(account: DemoAccount) -> None:
    user, created = get_user_model().objects.get_or_create(
        username=account.username,
        defaults={"email": account.email, "first_name": account.name[0], "last_name": account.name[1]},
    )
    if created:
        user.set_password(account.password)
        user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=account.group))
    organisation = Organisation.objects.filter(key=account.organisation).first()
    if organisation and not Membership.objects.filter(user=user).exists():
        actions.add_membership(by=None, user=user, organisation=organisation, at=timezone.now(), **CONSENTS)
    charter = Charter.objects.first()
    if charter and not has_accepted_charter(user):
        actions.accept_charter(by=user, number=charter.number, at=timezone.now())
