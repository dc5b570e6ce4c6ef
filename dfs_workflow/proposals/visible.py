"""Which proposals somebody sees: those their kind may see, and always their own; none on a page they can't read."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Locale, Page

from dfs_workflow import permissions
from dfs_workflow.conf import source_language
from dfs_workflow.models import Capability, Proposal, ProposalItem, is_governed
from dfs_workflow.models.gated import governed_models
from dfs_workflow.proposals.places import proposable_fields
from dfs_workflow.restrictions import hidden_from


def visible_proposals(
    user: Any, standing: permissions.Standing | None = None, passed: Collection[int] = ()
) -> QuerySet[Proposal]:
    """At most six queries, whatever is asked of it."""
    if not user.is_authenticated:
        return Proposal.objects.none()
    own, rows = Q(proposed_by=user), Proposal.objects.all()
    if (standing or permissions.standing(user)).can(Capability.SEE_PROPOSALS):
        rows = rows.filter(own | ~Q(state=Proposal.State.DRAFT))
    else:
        rows = rows.filter(own)
    about_hidden = ProposalItem.objects.filter(page__in=Page.objects.filter(hidden_from(user, passed)))
    return rows.exclude(pk__in=about_hidden.values("proposal"))


def proposable_snippet(name: str, pk: int) -> Any:
    """Likewise for what is no page and takes proposals; all that is live of it is open to everybody."""
    models = (model for model in governed_models() if not issubclass(model, Page) and proposable_fields(model))
    model = next((model for model in models if model._meta.model_name == name), None)
    if model is None:
        return None
    rows = model._default_manager.filter(live=True).exclude(live_revision=None).select_related("locale")
    found = rows.filter(pk=pk).first()
    if found is None or found.locale.language_code == source_language():
        return found
    return rows.filter(translation_key=found.translation_key, locale__language_code=source_language()).first()


def new_snippet(name: str) -> Any:
    """An empty one of a kind that members propose new ones of, in the language that texts are written in."""
    models = (model for model in governed_models() if not issubclass(model, Page))
    offered = (model for model in models if getattr(model, "proposable_as_new", ()) and model._meta.model_name == name)
    model: Any = next(offered, None)
    return model and model(locale=Locale.objects.get(language_code=source_language()))


def proposable_page(user: Any, pk: int, passed: Collection[int] = ()) -> Page | None:
    """The page in the language that texts are written in, if it is live and this person may read it."""
    rows = Page.objects.filter(live=True).exclude(hidden_from(user, passed))
    page = rows.select_related("locale").filter(pk=pk).first()
    if page is not None and page.locale.language_code != source_language():
        sources = rows.filter(translation_key=page.translation_key, locale__language_code=source_language())
        page = sources.select_related("locale").first()
    found = page.specific if page is not None else None
    return found if found is not None and is_governed(found) and found.live_revision_id else None
