"""Counterparts: who can be found and written to. Only what each of them agreed to is read from the database."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dfs_workflow import permissions
from dfs_workflow.forms import ContactForm
from dfs_workflow.models import Capability, Membership, Organisation
from dfs_workflow.models.country_names import countries_by_name
from dfs_workflow.notifications import people as mails
from dfs_workflow.notifications import queue
from dfs_workflow.permissions import NotAllowed
from dfs_workflow.views.people import done, limited, members_only


@members_only
@require_safe
def directory(request: HttpRequest) -> HttpResponseBase:
    permissions.require(request.user, Capability.SEE_DIRECTORY)
    country = request.GET.get("country", "")[:2].upper()
    rows = Membership.objects.active().filter(is_listed=True).select_related("organisation", "user")
    rows = rows.prefetch_related("organisation__countries").order_by("organisation__name", "user__last_name", "pk")
    countries = Organisation.objects.filter(memberships__in=rows.order_by()).values_list("countries__code", flat=True)
    if country:
        rows = rows.filter(organisation__countries__code=country)
    context = {
        "rows": rows[:500],
        "countries": countries_by_name(countries),
        "country": country,
        "may_write": permissions.can(request.user, Capability.CONTACT),
    }
    return render(request, "dfs_workflow/people/directory.html", context)


@members_only
@limited("contact")
def contact(request: HttpRequest, pk: int) -> HttpResponseBase:
    permissions.require(request.user, Capability.CONTACT)
    sender = permissions.membership_of(request.user)
    rows = Membership.objects.active().filter(may_be_contacted=True).select_related("organisation", "user")
    row = rows.filter(pk=pk).first()
    if row is None or sender is None or row.pk == sender.pk:
        raise NotAllowed(_("This person can't be written to through the platform."))
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        subject, text = form.cleaned_data["subject"], form.cleaned_data["text"]
        queue.put(mails.relay, sender.pk, row.pk, subject, text)
        return done(request, _("Your message is on its way."), "dfs_workflow:directory")
    return render(request, "dfs_workflow/people/contact.html", {"row": row, "form": form, "sender": sender})
