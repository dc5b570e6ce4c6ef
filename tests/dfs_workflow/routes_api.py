"""Ways past a review that the APIs of Wagtail give a superuser: the one of its own admin, and version 3."""

import json

from django.urls import reverse

from tests.dfs_workflow.world import SECRET, forged_alias


def internal(w, action, page, data=None):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    return w.client.post(url, json.dumps(data or {}), content_type="application/json")


def internal_api_publish(w):
    return internal(w, "publish", w.statement)


def internal_api_unpublish(w):
    return internal(w, "unpublish", w.statement)


def internal_api_delete(w):
    return internal(w, "delete", w.statement)


def internal_api_move(w):
    return internal(w, "move", w.statement, {"destination_page_id": w.other.pk})


def internal_api_copy(w):
    return internal(w, "copy", w.chapter, {"destination_page_id": w.home.pk, "slug": "copied", "recursive": True})


def v3_publish(w):
    return w.api("POST", f"pages/{w.statement.pk}/actions/publish/")


def v3_edit_and_publish(w):
    meta = {"type": "testapp.GovernedStatement", "action": "publish"}
    return w.api("PATCH", f"pages/{w.statement.pk}/", json.dumps({"meta": meta, "text": SECRET}))


def v3_create_and_publish(w):
    meta = {"type": "testapp.GovernedPage", "parent_id": w.home.pk, "action": "publish"}
    return w.api("POST", "pages/", json.dumps({"meta": meta, "title": SECRET, "slug": "v3"}))


def v3_unpublish(w):
    return w.api("POST", f"pages/{w.statement.pk}/actions/unpublish/")


def v3_delete(w):
    return w.api("DELETE", f"pages/{w.statement.pk}/")


def v3_move(w):
    body = json.dumps({"destination_id": w.other.pk, "position": "last-child"})
    return w.api("POST", f"pages/{w.statement.pk}/actions/move/", body)


def v3_copy(w):
    body = json.dumps({"destination_id": w.home.pk, "slug": "copied", "recursive": True, "keep_live": True})
    return w.api("POST", f"pages/{w.chapter.pk}/actions/copy/", body)


def v3_snippet(w, method, path="", data=None):
    return w.api(method, f"snippets/testapp.GovernedTerm/{w.term.pk}/{path}", json.dumps(data or {}))


def v3_snippet_publish(w):
    return v3_snippet(w, "POST", "actions/publish/")


def v3_snippet_edit_and_publish(w):
    return v3_snippet(w, "PATCH", data={"meta": {"action": "publish"}, "meaning": SECRET})


def v3_snippet_create_and_publish(w):
    body = {"meta": {"action": "publish"}, "name": SECRET, "meaning": SECRET}
    return w.api("POST", "snippets/testapp.GovernedTerm/", json.dumps(body))


def v3_snippet_revert_and_publish(w):
    v3_snippet(w, "POST", "actions/revert/", {"revision_id": w.term.latest_revision_id})
    return v3_snippet(w, "POST", "actions/publish/")


def v3_snippet_unpublish(w):
    return v3_snippet(w, "POST", "actions/unpublish/")


def v3_snippet_delete(w):
    return v3_snippet(w, "DELETE")


def v3_snippet_delete_action(w):
    return v3_snippet(w, "DELETE", "actions/delete/")


def v3_convert_alias(w):
    return w.api("POST", f"pages/{forged_alias(w).pk}/actions/convert_alias/")


def v3_create_alias(w):
    body = json.dumps({"destination_id": w.home.pk, "slug": "alias"})
    return w.api("POST", f"pages/{w.chapter.pk}/actions/create_alias/", body)


def v3_revert_and_publish(w):
    body = json.dumps({"revision_id": w.statement.latest_revision_id})
    w.api("POST", f"pages/{w.statement.pk}/actions/revert/", body)
    return w.api("POST", f"pages/{w.statement.pk}/actions/publish/")


PARTS = {"internal", "v3_snippet"}
ROUTES = {
    name: route
    for name, route in list(globals().items())
    if callable(route) and getattr(route, "__module__", "") == __name__ and name not in PARTS
}
