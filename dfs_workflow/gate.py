"""The gate: what readers see changes only by a decision on exactly that content.

It stands at the row (see `receivers/`), so it doesn't matter who calls: the admin, a bulk action, an API, the
scheduler, the translation editor or a script. `check_gate` finds what leaves no signal.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TranslatableMixin

from dfs_workflow.conf import source_language
from dfs_workflow.models import Decision, PermanentReference, PublicationRefused, Referenced, authors, is_governed
from dfs_workflow.models.access import OPEN, access_digests
from dfs_workflow.models.digest import BOOKKEEPING, differences
from dfs_workflow.models.gated import governed_types
from dfs_workflow.models.one_person import OWN_WORK
from dfs_workflow.models.one_slug import takes_slug_of_source
from dfs_workflow.models.own_reasons import NOTHING_LIVE

Kind = Decision.Kind

NO_ALIAS = _("“%(title)s” can't be an alias of another page. Readers get the source language by itself.")
NO_VERSION = _("“%(title)s” goes live only as one of its own saved versions.")
UNDECIDED = _("“%(title)s” was not published: this version has to be approved by a second person first.")
SUPERSEDED = _("“%(title)s” was not published: something else was decided about it since this version was approved.")
ALREADY_LIVE = _("“%(title)s” was not published again: exactly this version is live.")
EXPIRED = _("“%(title)s” was not published: its date of expiry has passed.")
WITHOUT_SOURCE = _("“%(title)s” was not published: the text that it translates is not live.")
OTHER_CONTENT = _("“%(title)s” was not published: its content differs from the version that was approved.")
IN_PLACE = _("“%(title)s” is live and was not changed (%(fields)s): save a draft and have it approved.")
NEEDS_DECISION = {
    Kind.WITHDRAW: _("“%(title)s” was not withdrawn: that has to be asked for and approved by a second person."),
    Kind.MOVE: _("“%(title)s” was not moved: that has to be asked for and approved by a second person."),
    Kind.DELETE: _("“%(title)s” was not deleted: that has to be asked for and approved by a second person."),
    Kind.RESTRICT: _(
        "Who can read “%(title)s” was not changed: that has to be asked for and approved by a second person."
    ),
}

# What Wagtail may write about a live row at any time, as readers don't see it.
HARMLESS = BOOKKEEPING - {"live", "live_revision", "alias_of", "alias_of_id"}


# What the gate asks of the row that is stored.
STATE = ("live", "live_revision_id", "last_published_at", "expire_at")


@dataclass(frozen=True)
class Permit:
    kinds: frozenset[str]
    reason: str
    by: Any
    public_reason: str = ""
    # Pages whose readers changed inside; by key, as what is recorded is how it is in the end.
    access: dict[int, Page] = field(default_factory=dict)


_permit: ContextVar[Permit | None] = ContextVar("dfs_workflow_permit", default=None)


@contextmanager
def permit(*kinds: str, reason: str, by: Any, public_reason: str = "") -> Iterator[None]:
    """Only for actions that have checked that two people agree. Each change inside is recorded as a decision."""
    current = Permit(frozenset(kinds), reason, by, public_reason)
    token = _permit.set(current)
    try:
        yield
        for page in current.access.values():
            record_access(page, by=by, reason=reason)
    finally:
        _permit.reset(token)


@contextmanager
def following(kind: str, *, reason: str) -> Iterator[Any]:
    """For what a permitted change brings with it: by the same person. Without one, as after an expiry, by nobody."""
    current = _permit.get()
    if current is not None and kind in current.kinds:
        yield current.by
        return
    with permit(kind, reason=reason, by=None):
        yield None


@contextmanager
def system_publication(*, reason: str, by: Any = None) -> Iterator[None]:
    """For loads and imports: what goes live inside is recorded as published by the system."""
    with permit(Kind.SYSTEM, *NEEDS_DECISION, reason=reason, by=by):
        yield


def permitted(kind: str) -> bool:
    current = _permit.get()
    return current is not None and kind in current.kinds


def system_decision(instance: Any, revision: Revision) -> Decision:
    """Not saved; only inside `system_publication`."""
    current = _permit.get()
    if current is None or Kind.SYSTEM not in current.kinds:
        raise PublicationRefused(UNDECIDED % {"title": instance})
    return Decision.about(instance, kind=Kind.SYSTEM, by=current.by, reason=current.reason, revision=revision)


def require_permit(kind: Decision.Kind, instance: Any) -> None:
    """Refuses a change to what is live, or records it."""
    current = _permit.get()
    if current is None or kind not in current.kinds:
        raise PublicationRefused(NEEDS_DECISION[kind] % {"title": instance})
    if kind == Kind.DELETE and type(instance) is Page:
        return  # recorded once, with the row of its own type
    told = current.public_reason
    Decision.about(instance, kind=kind, by=current.by, reason=current.reason, public_reason=told).save()


def require_decision(instance: Any, revision: Revision) -> None:
    """Refuses a version that nobody, or only one of its authors, has decided."""
    if permitted(Kind.SYSTEM):
        system_decision(instance, revision).save()
        return
    decision = Decision.about_life_of(instance).first()
    if decision is None or not decision.is_for(revision):
        once = Decision.objects.filter(revision_id=revision.pk, kind__in=Decision.PUBLISHING).exists()
        raise PublicationRefused((SUPERSEDED if once else UNDECIDED) % {"title": instance})
    if decision.kind == Kind.REVIEW and decision.by_id in authors(instance, until=revision):
        raise PublicationRefused(OWN_WORK)


def guard_row(model: type[Model], instance: Any, update_fields: Iterable[str] | None) -> None:
    """Called before any row of a governed type is written."""
    touched = None if update_fields is None else frozenset(update_fields)
    if touched is not None and touched <= HARMLESS:
        return
    row = stored_state(model, instance)
    if row is None:
        be_born_as_draft(instance)
    elif getattr(instance, "alias_of_id", None):
        raise PublicationRefused(NO_ALIAS % {"title": instance})
    elif instance.live and row["live"] and row["live_revision_id"] == instance.live_revision_id:
        guard_content(model, instance, touched)
        if touched is None and row["last_published_at"] != instance.last_published_at:
            guard_repetition(instance, row["last_published_at"])
    elif instance.live:
        guard_going_live(instance, touched)
    else:
        if row["live"]:
            guard_withdrawal(instance, row["expire_at"])
        instance.live_revision = None


def be_born_as_draft(instance: Any) -> None:
    """Also a copy, and what Wagtail would make an alias: wagtail-localize makes the parents of a translation so."""
    instance.live, instance.live_revision, instance.has_unpublished_changes = False, None, True
    if getattr(instance, "alias_of_id", None):
        instance.alias_of = None


def stored_state(model: type[Model], instance: Any) -> dict[str, Any] | None:
    """Also asked for a new instance: one that was built with the key of another row would overwrite that row."""
    if instance.pk is None:
        return None
    return model._base_manager.filter(pk=instance.pk).values(*STATE).first()


def guard_content(model: type[Model], instance: Any, touched: frozenset[str] | None) -> None:
    stored = model._base_manager.get(pk=instance.pk)
    changed = [name for name in differences(stored, instance) if touched is None or name in touched]
    if changed == ["slug"] and takes_slug_of_source(instance):
        return  # part of the decision about the source
    if changed:
        raise PublicationRefused(IN_PLACE % {"title": instance, "fields": ", ".join(changed)})


def guard_repetition(instance: Any, last: Any) -> None:
    """A decision is used once: the same version is published again, with a new date, only if it was decided again."""
    again = Decision.objects.filter(revision_id=instance.live_revision_id, kind=Kind.REVIEW, at__gt=last)
    if not permitted(Kind.SYSTEM) and not again.exists():
        raise PublicationRefused(ALREADY_LIVE % {"title": instance})


def guard_going_live(instance: Any, touched: frozenset[str] | None) -> None:
    revision = instance.live_revision
    if revision is None or not is_version_of(revision, instance) or touched is not None or type(instance) is Page:
        raise PublicationRefused(NO_VERSION % {"title": instance})
    require_decision(instance, revision)
    if waits_for_source(instance):
        raise PublicationRefused(WITHOUT_SOURCE % {"title": instance})
    if instance.expire_at and instance.expire_at <= timezone.now():
        raise PublicationRefused(EXPIRED % {"title": instance})
    if differences(revision.as_object(), instance):
        raise PublicationRefused(OTHER_CONTENT % {"title": instance})
    if isinstance(instance, Referenced):
        PermanentReference.allocate([(instance.reference, instance.translation_key)])  # type: ignore[attr-defined]


def waits_for_source(instance: Any) -> bool:
    """Else a translation that was under review when its source was withdrawn would come out without it."""
    if not isinstance(instance, TranslatableMixin) or instance.locale.language_code == source_language():
        return False
    rows = type(instance)._base_manager.filter(translation_key=instance.translation_key)
    source = rows.filter(locale__language_code=source_language()).first()
    return source is not None and not source.live


def is_version_of(revision: Revision, instance: Any) -> bool:
    return (
        str(revision.object_id) == str(instance.pk)
        and revision.base_content_type_id == instance.get_base_content_type().pk
    )


def guard_withdrawal(instance: Any, decided_expiry: Any) -> None:
    """Expiry passes: the date was part of what was decided."""
    if instance.expired and decided_expiry and decided_expiry <= timezone.now():
        return
    require_permit(Kind.WITHDRAW, instance)


def guard_schedule(revision: Revision) -> None:
    """Otherwise an undecided version would be refused only in the night for which it was scheduled."""
    instance = revision.content_object
    if revision.approved_go_live_at and is_governed(instance):
        require_decision(instance, revision)


def note_unscheduled(revision: Revision) -> None:
    """With its date goes the approval, which was given for it; who took it back stands in the permit."""
    instance, current = revision.content_object, _permit.get()
    if is_governed(instance):
        by, reason = (current.by, current.reason) if current else (None, "")
        Decision.about(instance, kind=Kind.UNSCHEDULE, by=by, reason=reason, revision=revision).save()


def guard_access(page: Page) -> None:
    """Called before a restriction on this page is written."""
    current = _permit.get()
    if current is not None and Kind.RESTRICT in current.kinds:
        current.access[page.pk] = page
    elif live_governed_pages(page).exists():
        raise PublicationRefused(NEEDS_DECISION[Kind.RESTRICT] % {"title": page})


def note_access(page: Page) -> None:
    """Called afterwards: before anything is live it is free, and recorded, so that the audit knows it later."""
    if not permitted(Kind.RESTRICT) and governed_pages(page).exists():
        record_access(page, by=None, reason=NOTHING_LIVE)


def record_access(page: Page, *, by: Any, reason: str) -> None:
    if not Page.objects.filter(pk=page.pk).exists():
        return  # deleted in the end
    decision = Decision.about(page, kind=Kind.RESTRICT, by=by, reason=reason)
    decision.sha256 = access_digests([page.pk]).get(page.pk, OPEN)
    decision.save()


def governed_pages(page: Page) -> Any:
    return Page.objects.filter(path__startswith=page.path, content_type__in=governed_types(Page))


def live_governed_pages(page: Page) -> Any:
    """What readers can see of a subtree, whatever the type of its top."""
    return governed_pages(page).filter(live=True)
