"""Who may see and do what with translations, for every screen and file of this app."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import user_can_edit_instance

from dfs_workflow.translation.models import FileImport
from dfs_workflow.translation.query import locked_keys

SUBMIT = "wagtail_localize.submit_translation"
JUDGE = "dfs_translation.judge_meaning"


def can_exchange_files(user: Any) -> bool:
    return bool(user.has_perm(SUBMIT))


def can_see_work(user: Any) -> bool:
    """The dashboard and its lists: who edits any page, and who translates."""
    return bool(user_has_any_page_permission(user)) or can_exchange_files(user)


def can_read_terms(user: Any) -> bool:
    """The termbase as a file."""
    return can_exchange_files(user) or can_change_terms(user)


def can_change_terms(user: Any) -> bool:
    """A forbidden word blocks submissions, so not every translator decides about it."""
    return bool(user.has_perm("dfs_translation.change_concept"))


def can_judge_meaning(user: Any, original: Any) -> bool:
    """Whether a changed sentence still means the same is for its editors: translators may draft a source, too."""
    return bool(user.has_perm(JUDGE) and user_can_edit_instance(user, original))


def to_judge() -> QuerySet[Permission]:
    """For the screen of a group's rights."""
    return Permission.objects.filter(content_type__app_label="dfs_translation", codename="judge_meaning")


def can_translate(user: Any, row: Any) -> bool:
    """`row`: the translated object, or nothing while it was not made."""
    return bool(user_can_edit_instance(user, row) if row is not None else user.has_perm(SUBMIT))


def workable(user: Any, locale: Locale) -> QuerySet[Translation]:
    """Into this language, what the user may translate and what doesn't stand still now."""
    found = changeable(user, Translation.objects.filter(target_locale=locale), locale)
    return found.exclude(source__object_id__in=locked_keys(locale))


def changeable(user: Any, found: QuerySet[Translation], locale: Locale) -> QuerySet[Translation]:
    """Those whose translated object the user may edit, or that has none yet, for who may begin one."""
    translated = Page.objects.filter(locale=locale)
    pages = page_permission_policy.instances_user_has_permission_for(user, "change").filter(locale=locale)
    allowed = Q(source__object_id__in=pages.values("translation_key"))
    if can_exchange_files(user):
        allowed |= ~Q(source__object_id__in=translated.values("translation_key")) & Q(
            source__object_id__in=Page.objects.values("translation_key")
        )
    for content_type in ContentType.objects.filter(pk__in=found.values("source__specific_content_type")):
        model = content_type.model_class()
        right = f"{content_type.app_label}.change_{content_type.model}"
        if model is not None and not issubclass(model, Page) and user.has_perm(right):
            allowed |= Q(source__specific_content_type=content_type)
    return found.filter(allowed)


def imports_of(user: Any) -> QuerySet[FileImport]:
    """A report names texts of drafts: it is for who brought the file, while they may exchange files."""
    return FileImport.objects.filter(by=user) if can_exchange_files(user) else FileImport.objects.none()
