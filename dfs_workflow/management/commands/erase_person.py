from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.models import PeopleRefused


class Command(BaseCommand):
    help = "Erases a person who asks for it and can't sign in any more; members do it themselves, under My account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="name or e-mail address of the account")
        parser.add_argument("--yes", action="store_true", help="really erase; without it, only say who it would be")

    def handle(self, *args: Any, username: str, yes: bool, **options: Any) -> None:
        users = get_user_model()._default_manager
        user = users.filter(username=username).first() or users.filter(email__iexact=username).first()
        if user is None:
            raise CommandError("There is no such account.")
        if not yes:
            self.stdout.write(f"Would erase {user.get_full_name() or user.get_username()}; add --yes to do it.")
            return
        try:
            actions.erase_person(by=None, user=user, at=timezone.now())
        except PeopleRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Erased.")
