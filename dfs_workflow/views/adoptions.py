"""The register of what countries adopted, and a member's own line in it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dfs_workflow import actions, permissions
from dfs_workflow.comments import places
from dfs_workflow.comments.adoptions import adoptions_for
from dfs_workflow.forms.adoptions import AdoptionForm
from dfs_workflow.models import Adoption, Capability, PeopleRefused
from dfs_workflow.models.country_names import countries_by_name, country_name
from dfs_workflow.restrictions import passed_by
from dfs_workflow.views.comments import language
from dfs_workflow.views.people import done, limited, members_only, people_view

ON_A_PAGE = 50


@people_view
@require_safe
def adoptions(request: HttpRequest) -> HttpResponseBase:
    known = permissions.standing(request.user)
    rows = adoptions_for(request.user, known, passed_by(request))
    codes = set(rows.order_by().values_list("organisation__countries__code", flat=True)) - {None}
    chosen = {name: request.GET.get(name, "")[:20] for name in ("state", "country")}
    if chosen["state"]:
        rows = rows.filter(state=chosen["state"])
    if chosen["country"]:
        rows = rows.filter(organisation__countries__code=chosen["country"])
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    where = places.places_of(found, language())
    own = known.membership.organisation_id if known.membership else None
    can_record = known.can(Capability.RECORD_ADOPTION)
    context: dict[str, Any] = {
        "rows": [
            (row, where[row.translation_key], names_of(row), can_record and row.organisation_id == own) for row in found
        ],
        "page": page,
        "chosen": chosen,
        "states": Adoption.State.choices,
        "countries": countries_by_name(codes),
        "can_publish": can_record and known.membership is not None and known.membership.is_focal_point,
    }
    return render(request, "dfs_workflow/comments/adoptions.html", context)


def names_of(row: Adoption) -> str:
    return ", ".join(country_name(country.code) for country in row.organisation.countries.all())


@members_only
@limited("adoption")
def record_adoption(request: HttpRequest, reference: str) -> HttpResponseBase:
    permissions.require(request.user, Capability.RECORD_ADOPTION)
    passed = passed_by(request)
    place = places.find(f"r/{reference}", language(), request.user, passed)
    if place is None:
        raise Http404
    membership = permissions.membership_of(request.user)
    known = Adoption.objects.filter(translation_key=place.page.translation_key, organisation=membership.organisation)  # type: ignore[union-attr]
    form = AdoptionForm(request.POST or None, instance=known.order_by(F("approved_at").desc(nulls_first=True)).first())
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_adoption(
                by=request.user, page=place.page, at=timezone.now(), passed=passed, **form.cleaned_data
            )
        except PeopleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(
                request, _("It is recorded, and public once your focal point publishes it."), "dfs_workflow:adoptions"
            )
    return render(request, "dfs_workflow/comments/adoption.html", {"form": form, "place": place})


@members_only
@require_POST
def change_adoption(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Publishes it, or takes it out."""
    rows = adoptions_for(request.user, permissions.standing(request.user), passed_by(request))
    row = get_object_or_404(rows, pk=pk)
    if "withdraw" in request.POST:
        actions.withdraw_adoption(by=request.user, adoption=row, at=timezone.now())
        return done(request, _("It was taken out of the register."), "dfs_workflow:adoptions")
    seen = parse_datetime(request.POST.get("seen", "")[:40])
    actions.approve_adoption(by=request.user, adoption=row, at=timezone.now(), seen=seen)
    return done(request, _("It is public in the register."), "dfs_workflow:adoptions")
