"""Ways past a review that code, commands and the scheduler have."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction, Revision

from tests.dfs_workflow.world import SECRET
from tests.testapp.models import GovernedPage, GovernedTerm


def publish_as_nobody(w):
    w.statement.latest_revision.publish()


def publish_as_superuser(w):
    w.statement.latest_revision.publish(user=w.author)


def publish_term(w):
    w.term.latest_revision.publish(user=w.author)


def run_publish_action(w):
    PublishPageRevisionAction(w.statement.latest_revision, user=w.author).execute(skip_permission_checks=True)


def save_live_row(w):
    w.statement.text = SECRET
    w.statement.save()


def save_live_row_one_field(w):
    w.statement.text = SECRET
    w.statement.save(update_fields=["text"])


def save_through_base_page(w):
    page = Page.objects.get(pk=w.statement.pk)
    page.title = SECRET
    page.save()


def save_children_of_live_row(w):
    w.chapter.notes.create(text=SECRET)
    w.chapter.save()


def save_term_row(w):
    w.term.meaning = SECRET
    w.term.save()


def set_live_by_hand(w):
    w.draft.live = True
    w.draft.save()


def set_live_with_a_version(w):
    w.draft.live, w.draft.live_revision = True, w.draft.latest_revision
    w.draft.save()


def set_live_with_the_version_of_another(w):
    w.draft.live, w.draft.live_revision = True, w.chapter.live_revision
    w.draft.save()


def set_live_through_base_page(w):
    page = Page.objects.get(pk=w.draft.pk)
    page.live, page.live_revision = True, w.draft.latest_revision
    page.save()


def add_child_born_live(w):
    w.chapter.add_child(instance=GovernedPage(title=SECRET, slug="born-live", live=True))


def overwrite_by_key(w):
    GovernedPage(
        **{f.attname: getattr(w.chapter, f.attname) for f in GovernedPage._meta.concrete_fields if f.attname != "text"},
        text=SECRET,
    ).save(clean=False)


def create_term_live(w):
    GovernedTerm(name=SECRET, locale=w.term.locale, live=True).save()


def copy_keeping_live(w):
    w.chapter.copy(to=w.home, recursive=True, update_attrs={"slug": "copied"}, keep_live=True, user=w.author)


def unpublish(w):
    w.statement.unpublish(user=w.author)


def unpublish_action_with_descendants(w):
    UnpublishPageAction(w.chapter, user=w.author, include_descendants=True).execute(skip_permission_checks=True)


def unpublish_queryset(w):
    Page.objects.filter(pk=w.statement.pk).unpublish()


def unpublish_term(w):
    w.term.unpublish(user=w.author)


def pretend_to_expire(w):
    w.statement.expire_at, w.statement.expired, w.statement.live = timezone.now() - timedelta(days=1), True, False
    w.statement.save()


def move(w):
    w.statement.move(w.other, pos="last-child", user=w.author)


def move_foreign_parent(w):
    w.foreign.move(w.other, pos="last-child", user=w.author)


def move_pages_command(w):
    call_command("move_pages", w.chapter.pk, w.other.pk)


def delete(w):
    w.statement.delete(user=w.author)


def delete_parent(w):
    w.chapter.delete()


def delete_queryset(w):
    Page.objects.filter(pk=w.statement.pk).delete()


def delete_specific_queryset(w):
    type(w.statement).objects.filter(pk=w.statement.pk).delete()


def delete_term(w):
    w.term.delete()


def restrict(w):
    PageViewRestriction.objects.create(page=w.chapter, restriction_type="login")


def restrict_from_above(w):
    PageViewRestriction.objects.create(page=Page.get_first_root_node(), restriction_type="login")


def create_alias(w):
    w.chapter.create_alias(parent=w.home, update_slug="alias")


def schedule_for_later(w):
    w.draft.go_live_at = timezone.now() + timedelta(hours=1)
    w.draft.save_revision(user=w.author).publish(user=w.author)


def schedule_revision_by_hand(w):
    revision = w.statement.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()


def schedule_when_saving(w):
    w.statement.save_revision(user=w.author, approved_go_live_at=timezone.now() - timedelta(minutes=1))


def scheduler_with_an_undecided_version(w):
    """The row was marked behind the gate's back; the scheduler still doesn't publish it."""
    Revision.objects.filter(pk=w.statement.latest_revision_id).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled")


def overwrite_the_live_version(w):
    revision = w.chapter.live_revision
    revision.content["text"] = SECRET
    revision.save()


ROUTES = {
    name: route
    for name, route in list(globals().items())
    if callable(route) and getattr(route, "__module__", "") == __name__
}
