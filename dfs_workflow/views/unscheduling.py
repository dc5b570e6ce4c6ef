"""Wagtail's screen that takes back a date of publication: recorded with who did it, open to whoever may change it."""

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.revisions import RevisionsUnscheduleView as PageView
from wagtail.models import Page
from wagtail.snippets.views.snippets import RevisionsUnscheduleView as SnippetView

from dfs_workflow import actions, permissions
from dfs_workflow.models import PublicationRefused
from dfs_workflow.models.scheduled import waiting_bundle


class Recorded:
    """In front of either of Wagtail's views."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        bundle = waiting_bundle(self.object.scheduled_revision)  # type: ignore[attr-defined]
        try:
            actions.take_back_schedule(by=request.user, instance=self.object)  # type: ignore[attr-defined]
        except PublicationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            sentence, buttons = self.get_success_message(), self.get_success_buttons()  # type: ignore[attr-defined]
            messages.success(request, sentence, buttons=buttons)
            if bundle:
                sentence = _("All of “%(bundle)s” has lost its date with it, as its parts go live together.")
                messages.warning(request, sentence % {"bundle": bundle})
        return redirect(self.get_next_url())  # type: ignore[attr-defined]


class UnschedulePageView(Recorded, PageView):
    pass


class UnscheduleSnippetView(Recorded, SnippetView):
    permission_required = "change"


def unschedule_url(instance: Any, user: Any) -> str:
    """Empty where nothing waits for a date, or where somebody else decides."""
    revision = instance.scheduled_revision
    if revision is None or not permissions.can_unschedule(user, instance):
        return ""
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:revisions_unschedule", args=[instance.pk, revision.pk])
    name = instance.snippet_viewset.get_url_name("revisions_unschedule")
    return reverse(name, args=[quote(instance.pk), revision.pk])
