"""What somebody hears by mail: their choices, and the link in each mail that ends them."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dfs_workflow import actions
from dfs_workflow.actions.mails import open_unsubscribe
from dfs_workflow.comments import places
from dfs_workflow.forms.mails import MailChoiceForm
from dfs_workflow.models import MailChoice
from dfs_workflow.notifications.people import language_of
from dfs_workflow.views.comments import language
from dfs_workflow.views.fact_checks import private
from dfs_workflow.views.people import done, members_only, people_view


@members_only
def mail_choices(request: HttpRequest) -> HttpResponseBase:
    choice = MailChoice.of(request.user)
    initial = {name: getattr(choice, name) for name in ("pace", "tells_at_once", "languages", "chapters")}
    initial["language"] = language_of(request.user)
    chapters = [(str(place.page.translation_key), place.title) for place in places.chapters(request.user, language())]
    form = MailChoiceForm(request.POST if request.method == "POST" else None, initial=initial, chapters=chapters)
    if request.method == "POST" and form.is_valid():
        actions.set_mail_choice(by=request.user, **form.cleaned_data)
        return done(request, _("Your choices are saved."), "dfs_workflow:account")
    return render(request, "dfs_workflow/people/mail_choices.html", {"form": form})


@members_only
@require_POST
def resume(request: HttpRequest) -> HttpResponseBase:
    actions.resume_mails(by=request.user)
    return done(request, _("We write to your address again."), "dfs_workflow:account")


@csrf_exempt  # a mail program posts without a session (RFC 8058); the signature in the address says whose mail it is
@people_view
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponseBase:
    """Looking changes nothing: scanners of mails open every link."""
    _user, topic = open_unsubscribe(token)
    context: dict[str, Any] = {"topic": topic, "is_done": request.method == "POST"}
    if request.method == "POST":
        actions.unsubscribe(token=token)
    return private(render(request, "dfs_workflow/people/unsubscribe.html", context))
