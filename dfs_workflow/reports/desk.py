"""The reviewer's desk: what waits for whom, and since when. As many queries for three hundred rows as for one."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, TaskState

from dfs_workflow.models import Bundle, BundleItem, DecidedByOthers, Proposal
from dfs_workflow.models.absence import groups_of
from dfs_workflow.models.authorship import writers_by_key
from dfs_workflow.models.language_group import PREFIX
from dfs_workflow.models.one_person import counted_with
from dfs_workflow.models.task import open_steps
from dfs_workflow.models.vote import Vote

Key = tuple[int, str]  # content type and key of an object


@dataclass(frozen=True)
class Row:
    title: str
    url: str | None
    compare_url: str
    requested_by: Any
    since: datetime
    due_at: datetime
    is_overdue: bool


@dataclass(frozen=True)
class Desk:
    """`waiting`: what this person can decide. `own`: what they submitted. The oldest first."""

    waiting: list[Row]
    own: list[Row]

    @property
    def overdue(self) -> list[Row]:
        return [row for row in self.waiting if row.is_overdue]


def desk_of(user: Any, at: datetime) -> Desk:
    steps = list(open_steps())
    objects = {state.pk: key_of(state) for state, _task in steps}
    own_groups = set(groups_of(user).values_list("pk", flat=True))
    groups = task_groups([task for _state, task in steps])
    written, (languages, live) = authors_of(set(objects.values())), pages_among(set(objects.values()))
    closed = closed_languages(user)
    votes = Vote.objects.filter(user=user, task_state__in=[state.pk for state, _task in steps])
    voted = set(votes.values_list("task_state", flat=True))
    finder, hands = AdminURLFinder(user), counted_with({user.pk})
    waiting, own = [], []
    for state, task in steps:
        key = objects[state.pk]
        row = row_of(state, task, finder, at, is_live=key in live)
        if state.workflow_state.requested_by_id == user.pk:
            own.append(row)
        is_asked = user.is_superuser or own_groups & groups[task.pk]
        if is_asked and state.pk not in voted and hands.isdisjoint(written[key]) and not closed & languages[key]:
            waiting.append(row)
    return Desk(waiting, own)


def key_of(state: TaskState) -> Key:
    return state.revision.base_content_type_id, state.revision.object_id


def row_of(state: TaskState, task: DecidedByOthers, finder: AdminURLFinder, at: datetime, *, is_live: bool) -> Row:
    due, version = task.due_at(state), state.revision
    compared = [version.object_id, "live", version.pk]
    return Row(
        title=" ".join(filter(None, [version.content.get("reference"), version.object_str])),
        url=url_of(state, finder),
        compare_url=reverse("wagtailadmin_pages:revisions_compare", args=compared) if is_live else "",
        requested_by=state.workflow_state.requested_by,
        since=state.started_at,
        due_at=due,
        is_overdue=due <= at,
    )


def url_of(state: TaskState, finder: AdminURLFinder) -> str | None:
    """Without asking the database for the object: its key is enough for an address."""
    kind, key = key_of(state)
    model = ContentType.objects.get_for_id(kind).model_class()
    if model is None:
        return None
    if model is Page:
        return reverse("wagtailadmin_pages:edit", args=[key])
    found: str | None = finder.get_edit_url(model(pk=key))
    return found


def task_groups(tasks: list[DecidedByOthers]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for kind in {type(task) for task in tasks}:
        links = kind.groups.through._default_manager.all()
        for task, group in links.values_list(f"{kind._meta.model_name}_id", "group_id"):
            found[task].add(group)
    return found


def authors_of(objects: set[Key]) -> dict[Key, set[int]]:
    """Who wrote what, a bundle's authors being those of all that is in it, and who submitted it."""
    bundle_type = ContentType.objects.get_for_model(Bundle).pk
    bundles = [key for kind, key in objects if kind == bundle_type]
    parts: dict[Key, Key] = {}
    items = BundleItem.objects.filter(bundle__in=bundles, kind=BundleItem.Kind.PUBLISH)
    for bundle, kind, key in items.values_list("bundle_id", "content_type_id", "object_id"):
        parts[kind, key] = (bundle_type, str(bundle))
    single = {key for key in objects if key[0] != bundle_type}
    found: dict[Key, set[int]] = defaultdict(set)
    for kind, keys in by_kind(single | parts.keys()).items():
        model = ContentType.objects.get_for_id(kind).model_class()
        for key, people in (writers_by_key(model, keys) if model else {}).items():
            if (kind, key) in single:
                found[kind, key] |= people
            if (kind, key) in parts:
                found[parts[kind, key]] |= people
    for pk, submitter in Bundle.objects.filter(pk__in=bundles).values_list("pk", "submitted_by_id"):
        found[bundle_type, str(pk)].add(submitter)
    proposals = Proposal.objects.filter(bundle__in=bundles)
    for pk, *people in proposals.values_list("bundle_id", "proposed_by_id", "decided_by_id"):
        found[bundle_type, str(pk)].update(people)
    return found


def by_kind(objects: set[Key]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for kind, key in objects:
        found[kind].append(key)
    return found


def pages_among(objects: set[Key]) -> tuple[dict[Key, set[str]], set[Key]]:
    """The language of each page, and those that are live."""
    page_type = ContentType.objects.get_for_model(Page).pk
    keys = [key for kind, key in objects if kind == page_type]
    languages: dict[Key, set[str]] = defaultdict(set)
    live = set()
    for pk, code, is_live in Page.objects.filter(pk__in=keys).values_list("pk", "locale__language_code", "live"):
        languages[page_type, str(pk)].add(code)
        live |= {(page_type, str(pk))} if is_live else set()
    return languages, live


def closed_languages(user: Any) -> set[str]:
    """Languages that a group decides which this person isn't in."""
    named = Group.objects.filter(name__startswith=PREFIX, user__isnull=False)
    own = set(user.groups.values_list("name", flat=True))
    return {name.removeprefix(PREFIX) for name in named.values_list("name", flat=True) if name not in own}
