"""Who sees what in the register of adoptions: what was approved, and members what their organisation records."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from dfs_workflow.comments.visible import on_readable_pages
from dfs_workflow.models import Adoption
from dfs_workflow.permissions import Standing


def adoptions_for(user: Any, known: Standing, passed: Collection[int] = ()) -> Any:
    seen = ~Q(approved_at=None)
    if known.membership is not None:
        seen |= Q(organisation=known.membership.organisation)
    rows = Adoption.objects.filter(seen).select_related("organisation")
    return on_readable_pages(rows.prefetch_related("organisation__countries"), user, passed)
