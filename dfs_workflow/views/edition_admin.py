"""One screen for editions: what is frozen, what is proposed, and a form to propose one."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from dfs_workflow import actions, permissions
from dfs_workflow.editions.source import top_parts
from dfs_workflow.models import PublicationRefused
from dfs_workflow.models.edition import Edition


class ProposalForm(forms.ModelForm):
    parts = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Only these parts"),
        help_text=gettext_lazy("Choose none for everything that is public."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(path, path) for path in top_parts()]

    class Meta:
        model = Edition
        fields = ["number", "title", "reason", "parts"]


def manage_editions(request: HttpRequest) -> HttpResponse:
    user = request.user
    may_propose, may_freeze = permissions.can_propose_edition(user), permissions.can_freeze_edition(user)
    if not may_propose and not may_freeze:
        raise PermissionDenied
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and may_propose and form.is_valid():
        try:
            actions.propose_edition(**form.cleaned_data, by=user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The edition was proposed. A second person has to freeze it."))
            return redirect("dfs_workflow_editions")
    context = {"editions": Edition.objects.all(), "form": form, "may_propose": may_propose, "may_freeze": may_freeze}
    return render(request, "dfs_workflow/admin/editions.html", context)


@require_POST
def decide_edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    edition = get_object_or_404(Edition, pk=edition_id)
    try:
        if "discard" in request.POST:
            actions.discard_edition(edition=edition, by=request.user)
            messages.success(request, _("The proposal was discarded."))
        else:
            actions.freeze_edition(edition=edition, by=request.user, at=timezone.now())
            messages.success(request, _("Edition %(number)s is frozen.") % {"number": edition})
    except PublicationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("dfs_workflow_editions")


class EditionsMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Editions"), reverse("dfs_workflow_editions"), name="editions", icon_name="lock", order=255
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_propose_edition(request.user) or permissions.can_freeze_edition(request.user)
