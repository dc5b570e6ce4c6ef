"""Ways past a review that code, commands and the scheduler have."""

from datetime import timedelta
from io import StringIO

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest import MonkeyPatch
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page, PageViewRestriction, Revision
from wagtail_localize.models import LocaleSynchronization

from tests.dfs_workflow.world import SECRET, forged_alias
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


def give_a_group_to_a_restriction(w):
    w.restriction.groups.add(Group.objects.create(name="More readers"))


def give_a_restriction_to_a_group(w):
    Group.objects.create(name="More readers").pageviewrestriction_set.add(w.restriction)


def take_a_group_from_a_restriction(w):
    w.restriction.groups.remove(w.restriction.groups.get())


def take_all_groups_from_a_restriction(w):
    w.restriction.groups.clear()


def take_all_restrictions_from_a_group(w):
    w.restriction.groups.get().pageviewrestriction_set.clear()


def loosen_a_restriction(w):
    w.restriction.restriction_type = "login"
    w.restriction.save()


def move_a_restriction_away(w):
    w.restriction.page = w.draft
    w.restriction.save()


def delete_restrictions_by_queryset(w):
    PageViewRestriction.objects.all().delete()


def turn_into_alias(w):
    w.other.alias_of = w.chapter
    w.other.save()


def convert_a_forged_alias(w):
    ConvertAliasPageAction(forged_alias(w), user=w.author).execute()


def convert_a_draft_alias(w):
    Page.objects.filter(pk=w.draft.pk).update(alias_of=w.chapter)
    ConvertAliasPageAction(GovernedPage.objects.get(pk=w.draft.pk), user=w.author).execute()


def sync_locale_trees(w):
    """The setting of a language, and the command that repeats what it does."""
    french = Locale.objects.get_or_create(language_code="fr")[0]
    LocaleSynchronization.objects.create(locale=french, sync_from=w.home.locale)
    call_command("sync_locale_trees")
    assert Page.objects.filter(locale=french).count() >= 4


def purge_revisions(w):
    """Each deletion stands for itself there, so a refused one doesn't spoil the transaction of the test."""
    with MonkeyPatch.context() as patch:
        patch.setattr(Revision, "delete", transaction.atomic(Revision.delete))
        call_command("purge_revisions", stdout=StringIO())


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
