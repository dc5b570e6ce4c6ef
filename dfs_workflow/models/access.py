"""Who may read a page and what is below it: the restrictions that stand on it, as one hash."""

from hashlib import sha256

from wagtail.models import PageViewRestriction

from dfs_workflow.models.digest import digest

OPEN = ""


def access_digests(page_ids: list[int] | None = None) -> dict[int, str]:
    """By page, for those that are restricted; a page that isn't there is `OPEN`."""
    rows = PageViewRestriction.objects.prefetch_related("groups")
    states: dict[int, list[list[object]]] = {}
    for row in rows if page_ids is None else rows.filter(page_id__in=page_ids):
        password = sha256(row.password.encode()).hexdigest() if row.password else ""
        groups = sorted(group.pk for group in row.groups.all())
        states.setdefault(row.page_id, []).append([row.restriction_type, password, groups])
    return {page_id: digest(sorted(state, key=str)) for page_id, state in states.items()}
