from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dfs_site.accounts.second_factor import require_other, reset_second_factor
from dfs_workflow import permissions
from dfs_workflow.forms.people import Text
from dfs_workflow.models import Capability, PeopleRefused
from dfs_workflow.views.people import done, members_only


class ResetForm(forms.Form):
    reason = Text(
        label=gettext_lazy("How you know that it is them, and why"),
        max_length=1000,
        rows=3,
        help_text=gettext_lazy("It stands in the history. Ring them up at a number that you know."),
    )


@members_only
def reset(request: HttpRequest, pk: int) -> HttpResponseBase:
    permissions.require(request.user, Capability.MANAGE_PLATFORM)
    user: Any = get_object_or_404(get_user_model(), pk=pk, is_active=True)
    require_other(request.user, user)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reset_second_factor(by=request.user, user=user, reason=form.cleaned_data["reason"], at=timezone.now())
        except PeopleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sentence = _("The second factor is gone, all sessions have ended, and the person got a mail.")
            return done(request, sentence, "dfs_workflow:directory")
    return render(request, "dfs_site/reset_second_factor.html", {"person": user, "form": form})
