"""Every change of state of this app that a person makes outside of Wagtail's own forms."""

from typing import Any

from django.db import transaction


@transaction.atomic
def reword_statement(*, page: Any, statement: str, by: Any) -> Any:
    """Saves new words of a recommendation or control as a draft on top of its newest version."""
    page.statement = statement
    page.full_clean()
    return page.save_revision(user=by, log_action=True, changed=True)
