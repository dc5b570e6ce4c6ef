"""From "I would like to take part" to an account. Looking at a page changes nothing; each step is one form."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dfs_workflow import actions, conf
from dfs_workflow.actions.joining import account_of, invitation_of, requested_by
from dfs_workflow.forms import AcceptForm, JoinForm
from dfs_workflow.models import Charter
from dfs_workflow.views.people import done, limited, members_only, people_view, safe_next


@people_view
@limited("join")
def join(request: HttpRequest) -> HttpResponseBase:
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.is_from_a_machine():
            actions.ask_to_join(at=timezone.now(), language=get_language() or "", **form.answers())
        return redirect("dfs_workflow:join_sent")
    return render(request, "dfs_workflow/people/join.html", {"form": form})


@require_safe
@people_view
def join_sent(request: HttpRequest) -> HttpResponseBase:
    return render(request, "dfs_workflow/people/join_sent.html")


@people_view
def verify_address(request: HttpRequest, token: str) -> HttpResponseBase:
    asked = requested_by(token)
    if request.method == "POST":
        actions.verify_address(token=token, at=timezone.now())
        return render(request, "dfs_workflow/people/verified.html", {"asked": asked})
    return render(request, "dfs_workflow/people/verify.html", {"asked": asked})


@people_view
@limited("invitation")
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """A new account, or the membership of the one that has this address already."""
    now = timezone.now()
    row = invitation_of(token, at=now)
    account = account_of(row)
    is_own = account is not None and account == request.user
    form = AcceptForm(request.POST or None, email=row.email, initial={"name": row.name})
    if request.method == "POST" and (is_own or (account is None and form.is_valid())):
        answers = {} if is_own else {"name": form.cleaned_data["name"], "password": form.cleaned_data["password1"]}
        membership = actions.accept_invitation(token=token, at=now, by=request.user if is_own else None, **answers)
        if not is_own:
            login(request, membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        after = conf.after_joining() or "dfs_workflow:account"
        return redirect(f"{reverse('dfs_workflow:charter')}?{urlencode({'next': reverse(after)})}")
    context = {"row": row, "form": form, "has_account": account is not None, "is_own": is_own}
    return render(request, "dfs_workflow/people/invitation.html", context)


@people_view
def charter(request: HttpRequest) -> HttpResponseBase:
    """Everybody may read it; who takes part accepts it."""
    row = Charter.objects.first()
    if request.method == "POST":
        return accept(request)
    if row is None:
        return redirect(safe_next(request, "dfs_workflow:account"))
    text, language = row.text_in(get_language() or "")
    context = {
        "charter": row,
        "text": text,
        "language": language,
        "next": safe_next(request, "dfs_workflow:account"),
        "accepted": request.user.is_authenticated and row.acceptances.filter(user=request.user).first(),
    }
    return render(request, "dfs_workflow/people/charter.html", context)


@members_only
def accept(request: HttpRequest) -> HttpResponseBase:
    number = request.POST.get("number", "")
    actions.accept_charter(by=request.user, number=int(number) if number.isdecimal() else 0, at=timezone.now())
    return done(request, _("You accepted the charter."), safe_next(request, "dfs_workflow:account"))
