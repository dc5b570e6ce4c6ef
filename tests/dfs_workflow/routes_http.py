"""Ways past a review that a superuser has in the admin, in bulk actions and in the translation editor."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import querydict_from_html
from wagtail_localize.models import LocaleSynchronization, Translation
from wagtail_localize.operations import translate_object

from tests.dfs_workflow.world import SECRET, forged_alias

# The fields of a stream are drawn by script, so they are not in the form that is fetched.
NEW = {"title": "New", "slug": "new", "text": SECRET, "body-count": "0"}


def edit_form(w, page):
    response = w.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return querydict_from_html(response.content.decode(), form_id="page-edit-form")


def post_edit(w, page, **changes):
    data = edit_form(w, page).dict() | {"text": SECRET, "body-count": "0"} | changes
    return w.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def page_post(w, name, page, data=None, *extra):
    return w.client.post(
        reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *extra]),
        data or {},
        headers={"referer": f"http://testserver/admin/pages/{page.pk}/edit/"},
    )


def bulk(w, action, page, **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return w.client.post(f"{url}?id={page.pk}", data, headers={"referer": "http://testserver/admin/pages/"})


def admin_edit_and_publish(w):
    return post_edit(w, w.statement, **{"action-publish": "1"})


def admin_schedule(w):
    later = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    return post_edit(w, w.draft, go_live_at=later, **{"action-publish": "1"})


def admin_create_and_publish(w):
    url = reverse("wagtailadmin_pages:add", args=["testapp", "governedpage", w.home.pk])
    data = querydict_from_html(w.client.get(url).content.decode(), form_id="page-edit-form").dict()
    return w.client.post(url, data | NEW | {"action-publish": "1"})


def admin_unpublish(w):
    return page_post(w, "unpublish", w.statement)


def admin_delete(w):
    return page_post(w, "delete", w.statement)


def admin_move(w):
    return page_post(w, "move_confirm", w.statement, None, w.other.pk)


def admin_copy_published(w):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": w.home.pk, "publish_copies": "1"}
    return page_post(w, "copy", w.chapter, data | {"copy_subpages": "1"})


def admin_privacy(w):
    return w.client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[w.chapter.pk]),
        {"restriction_type": "login"},
        headers={"referer": f"http://testserver/admin/pages/{w.chapter.pk}/"},
    )


def admin_revert_and_publish(w):
    revision = w.statement.latest_revision
    url = reverse("wagtailadmin_pages:revisions_revert", args=[w.statement.pk, revision.pk])
    data = querydict_from_html(w.client.get(url).content.decode(), form_id="page-edit-form").dict()
    edit = reverse("wagtailadmin_pages:edit", args=[w.statement.pk])
    return w.client.post(edit, data | {"revision": revision.pk, "action-publish": "1"})


def bulk_publish(w):
    return bulk(w, "publish", w.draft, include_descendants="1")


def bulk_unpublish(w):
    return bulk(w, "unpublish", w.chapter, include_descendants="1")


def bulk_delete(w):
    return bulk(w, "delete", w.statement)


def bulk_move(w):
    return bulk(w, "move", w.statement, chooser=w.other.pk)


def snippet(w, name, *args):
    return reverse(f"wagtailsnippets_testapp_governedterm:{name}", args=args)


def snippet_edit_and_publish(w):
    return w.client.post(snippet(w, "edit", w.term.pk), {"name": "Term", "meaning": SECRET, "action-publish": "1"})


def snippet_create_and_publish(w):
    return w.client.post(snippet(w, "add"), {"name": SECRET, "meaning": SECRET, "action-publish": "1"})


def snippet_unpublish(w):
    return w.client.post(snippet(w, "unpublish", w.term.pk), headers={"referer": "http://testserver/admin/snippets/"})


def snippet_delete(w):
    return w.client.post(snippet(w, "delete", w.term.pk), headers={"referer": "http://testserver/admin/snippets/"})


def snippet_bulk_delete(w):
    url = reverse("wagtail_bulk_action", args=["testapp", "governedterm", "delete"])
    return w.client.post(f"{url}?id={w.term.pk}", headers={"referer": "http://testserver/admin/snippets/"})


def admin_convert_alias(w):
    return page_post(w, "convert_alias", forged_alias(w))


def admin_change_groups_of_readers(w):
    page = w.restriction.page
    group = Group.objects.create(name="More readers")
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    data = {"restriction_type": "groups", "groups": [group.pk]}
    return w.client.post(url, data, headers={"referer": f"http://testserver/admin/pages/{page.pk}/"})


def admin_sync_a_language(w):
    """The screen of languages, where one can be kept the same as another."""
    data = {"language_code": "fr", "component-wagtail_localize_localesynchronization-enabled": "on"}
    data["component-wagtail_localize_localesynchronization-sync_from"] = w.home.locale_id
    response = w.client.post(reverse("wagtaillocales:add"), data)
    assert LocaleSynchronization.objects.exists()
    return response


def translated(w):
    """The chapter in French, live and with a new string that only its translator has seen."""
    from tests.dfs_workflow.translating import live_translation

    return live_translation(w.chapter, w.author, SECRET)


def localize_publish(w):
    translation = translated(w)
    return page_post(w, "edit", translation.get_target_instance(), {"action": "publish"})


def localize_update_and_publish(w):
    translation = translated(w)
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    return w.client.post(url, {"publish_translations": "on"}, headers={"referer": "http://testserver/admin/pages/"})


def localize_convert_to_alias(w):
    row = translated(w).get_target_instance()
    url = reverse("wagtail_localize:convert_to_alias", args=[row.pk])
    return w.client.post(url, headers={"referer": "http://testserver/admin/pages/"})


def localize_save_target(w):
    translated(w).save_target(user=w.author, publish=True)


def localize_save_target_as_draft(w):
    translated(w).save_target(user=w.author, publish=False)


def localize_translate_live_page(w):
    french = Locale.objects.get_or_create(language_code="fr")[0]
    translate_object(w.chapter, [french], user=w.author)
    for translation in Translation.objects.all():
        translation.save_target(user=w.author, publish=True)


PARTS = {"edit_form", "post_edit", "page_post", "bulk", "snippet", "translated"}
ROUTES = {
    name: route
    for name, route in list(globals().items())
    if callable(route) and getattr(route, "__module__", "") == __name__ and name not in PARTS
}
