"""What all pages about people share: who is sent where, how often a form may come, and how a refusal reads."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dfs_workflow import conf
from dfs_workflow.models import PeopleRefused
from dfs_workflow.permissions import NotAllowed, has_accepted_charter

HOUR = 3600
View = Callable[..., HttpResponseBase]


def people_view(view: View) -> View:
    """Never kept by a cache; a refusal becomes a page, or a message on the page that was sent."""

    @wraps(view)
    def explained(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as refusal:
            return refuse(request, str(refusal))
        except PeopleRefused as refusal:
            return refused_page(request, str(refusal), status=409)

    return never_cache(explained)


def members_only(view: View) -> View:
    """For people with an account; what exactly they may is asked inside."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return people_view(guarded)


def refuse(request: HttpRequest, sentence: str) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not has_accepted_charter(request.user):
        return redirect(f"{reverse('dfs_workflow:charter')}?{urlencode({'next': request.get_full_path()})}")
    return refused_page(request, sentence, status=403)


def refused_page(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    return render(request, "dfs_workflow/people/refused.html", {"sentence": sentence}, status=status)


def limited(what: str) -> Callable[[View], View]:
    """So many of one form in an hour from one account, or from one address of the network where nobody is signed in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and is_too_often(request, what):
                sentence = _("Too many of these were sent within an hour. Wait an hour, then try again.")
                return refused_page(request, sentence, status=429)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def is_too_often(request: HttpRequest, what: str) -> bool:
    # The people of an authority, or of a workshop, often share one address: none of them shuts the others out.
    sender = request.META.get(conf.client_address_header(), "")
    if request.user.is_authenticated:
        sender = f"account {request.user.pk}"
    key = "dfs_workflow:" + hashlib.sha256(f"{what}:{sender}".encode()).hexdigest()
    cache.add(key, 0, HOUR)
    try:
        return int(cache.incr(key)) > conf.requests_per_hour()
    except ValueError:  # the hour ended between the two calls
        return False


def done(request: HttpRequest, sentence: str, to: str, *args: Any) -> HttpResponseBase:
    """After a form: one sentence on the next page."""
    messages.success(request, sentence)
    return redirect(to, *args)


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where somebody was going, if that is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse(otherwise)
