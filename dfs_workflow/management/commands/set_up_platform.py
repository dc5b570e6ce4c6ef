from typing import Any

from django.core.management.base import BaseCommand

from dfs_workflow import actions


class Command(BaseCommand):
    help = "Sets up the groups with their rights and the default review; changes nothing twice."

    def handle(self, *args: Any, **options: Any) -> None:
        actions.set_up_roles()
        self.stdout.write("Groups and the default review are set up.")
