"""For stewards: which mails wait, went out or came back, and which addresses are left in peace."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from dfs_workflow import actions, permissions
from dfs_workflow.models import Capability, MailAddress, OutgoingMail, PeopleRefused

State = OutgoingMail.State
ON_A_PAGE = 50


@require_safe
def mails(request: HttpRequest) -> HttpResponseBase:
    """Without a state: what needs somebody's attention."""
    permissions.require(request.user, Capability.MANAGE_PLATFORM)
    chosen = request.GET.get("state", "")
    states = [chosen] if chosen in State.values else [State.FAILED, State.BOUNCED]
    rows = OutgoingMail.objects.filter(state__in=states).order_by("-created_at", "-pk")
    counts = dict(OutgoingMail.objects.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "states": [(value, label, counts.get(value, 0)) for value, label in State.choices],
        "chosen": {"state": chosen},
        "addresses": MailAddress.objects.exclude(paused_at=None).order_by("-paused_at")[:ON_A_PAGE],
    }
    return render(request, "dfs_workflow/admin/mails.html", context)


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    permissions.require(request.user, Capability.MANAGE_PLATFORM)
    mail = get_object_or_404(OutgoingMail, pk=pk)
    try:
        actions.send_again(by=request.user, mail=mail, at=timezone.now())
    except PeopleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The mail is sent again."))
    return redirect("dfs_workflow_mails")
