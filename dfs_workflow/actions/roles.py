"""Groups with their rights, and the default review; run again after each load, changes nothing twice."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.models import (
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)

from dfs_workflow.models import Bundle, FourEyesTask, LegalSignOffTask
from dfs_workflow.models.gated import governed_models, governed_types

Step = tuple[type[FourEyesTask | LegalSignOffTask], str, tuple[str, ...]]  # its kind, its name, who decides
REVIEW = "Review by a second person"
LEGAL = "Legal sign-off"
LAWYERS = ("Moderators",)  # of a new installation; the task names other groups where there are lawyers
ADMIN = ("wagtailadmin", "access_admin")
SUBMIT = ("dfs_workflow", "submit_bundle")
# Wagtail links to what somebody may change; the screen behind the link only shows and decides.
SEE = ("dfs_workflow", "change_bundle")
ASK = ("dfs_workflow", "ask_change")
TRANSLATE = ("wagtail_localize", "submit_translation")
STEWARD = ("dfs_workflow", "steward")
MEDIA = [
    ("wagtailimages", "add_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "choose_document"),
]
# What readers looked for in vain, where the app that counts it is installed.
MISSED = [("dfs_pages", f"{verb}_missedsearch") for verb in ("view", "delete")]
TRIAGE = ("dfs_workflow", "triage_proposal")
DISCUSS, CONSULT = ("dfs_workflow", "moderate_comments"), ("dfs_workflow", "manage_consultations")
PROPOSE, FREEZE = ("dfs_workflow", "propose_edition"), ("dfs_workflow", "freeze_edition")
ALONE, SIGN_OFF = ("dfs_workflow", "publish_in_emergency"), ("dfs_workflow", "sign_off_emergency")
# Its forbidden words block submissions; translators read it.
TERMS = [("dfs_translation", f"{verb}_concept") for verb in ("add", "change", "delete", "view")]
READ_TERMS = ("dfs_translation", "view_concept")
# Editors of the source say whether a changed sentence means the same; translators and reviewers may draft it as well.
JUDGE_MEANING = ("dfs_translation", "judge_meaning")
HOUSE_STYLE, IN_FORCE = ("dfs_mou", "add_housestyle"), ("dfs_mou", "approve_housestyle")
DIRECTORY = [("dfs_workflow", f"{verb}_organisation") for verb in ("add", "change", "delete", "view")]

# Group: rights on the pages, rights elsewhere, rights on governed snippets. Nobody publishes: the review does.
ROLES: dict[str, tuple[list[str], list[tuple[str, str]], list[str]]] = {
    "Contributors": (["add_page"], [ADMIN, SEE, SUBMIT], ["add"]),
    "Editors": (
        ["add_page", "change_page"],
        [ADMIN, SEE, SUBMIT, TRANSLATE, READ_TERMS, JUDGE_MEANING, HOUSE_STYLE, *MEDIA, *MISSED],
        ["add", "change"],
    ),
    "Translators": (["change_page"], [ADMIN, SEE, SUBMIT, TRANSLATE, READ_TERMS], ["change"]),
    "Reviewers": (["change_page"], [ADMIN, SEE, FREEZE, SIGN_OFF, READ_TERMS, IN_FORCE], ["change"]),
    "Moderators": (
        ["add_page", "change_page", "lock_page", "unlock_page"],
        [
            ADMIN,
            SEE,
            SUBMIT,
            ASK,
            TRANSLATE,
            JUDGE_MEANING,
            PROPOSE,
            FREEZE,
            TRIAGE,
            ALONE,
            SIGN_OFF,
            DISCUSS,
            CONSULT,
            HOUSE_STYLE,
            IN_FORCE,
            *TERMS,
            *MEDIA,
            *MISSED,
        ],
        ["add", "change", "delete"],
    ),
    "MOU drafters": ([], [], []),
    "Stewards": ([], [ADMIN, STEWARD, DISCUSS, CONSULT, *DIRECTORY], []),
}
OUR_APPS = ("dfs_workflow", "dfs_translation", "dfs_pages", "dfs_mou")
DECIDERS = ("Reviewers", "Moderators")


@transaction.atomic
def set_up_roles() -> None:
    """Adds what is missing and takes nothing away, so that a site can grant more."""
    roots = governed_roots()
    for name, (page_rights, rights, snippet_rights) in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions([*rights, *on_snippets(snippet_rights)]))
        for root in roots:
            for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=page_rights):
                GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    set_up_review()


@transaction.atomic
def take_back_roles() -> None:
    """The rights on what these apps have, and the groups that then have neither members nor anything else to do."""
    for name, (_page_rights, rights, _snippet_rights) in ROLES.items():
        for group in Group.objects.filter(name=name):
            group.permissions.remove(*group.permissions.filter(content_type__app_label__in=OUR_APPS))
        unused = Group.objects.filter(name=name, user=None, page_permissions=None, collection_permissions=None)
        given = [permission.pk for permission in permissions(rights)]
        unused.exclude(permissions__in=Permission.objects.exclude(pk__in=given)).delete()


@transaction.atomic
def set_up_review() -> Workflow:
    """The default review, on the root of every governed tree, that is for each language, and on snippets."""
    workflow = _review(REVIEW, [(FourEyesTask, REVIEW, DECIDERS)])
    for root in governed_roots():
        WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    reviewed: list[type[Model]] = [Bundle, *governed_snippets()]
    for model in reviewed:
        content_type = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
    return workflow


@transaction.atomic
def require_legal_sign_off(*, page: Page) -> None:
    """What is below this page is approved by a second person and then signed off by a lawyer."""
    steps: list[Step] = [(FourEyesTask, REVIEW, DECIDERS), (LegalSignOffTask, LEGAL, LAWYERS)]
    workflow = _review(f"{REVIEW}, then {LEGAL.lower()}", steps)
    WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})


def _review(name: str, steps: Sequence[Step]) -> Workflow:
    """As its operator has it by now, or a new one of these steps."""
    workflow, created = Workflow.objects.get_or_create(name=name)
    for order, (kind, task_name, groups) in enumerate(steps if created else ()):
        task, is_new = kind.objects.get_or_create(name=task_name)
        if is_new:
            task.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


@transaction.atomic
def extend_to_language(*, root: Page) -> None:
    """A new language, made by translating a first page, gets the review and the rights of the others."""
    source = root.get_translations().filter(workflowpage__isnull=False).select_related("workflowpage").first()
    if source is None:
        return
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow_id": source.workflowpage.workflow_id})
    for right in GroupPagePermission.objects.filter(page=source):
        GroupPagePermission.objects.get_or_create(group_id=right.group_id, page=root, permission_id=right.permission_id)


def governed_roots() -> list[Page]:
    """Governed pages that stand under none: pages of somebody else's site keep their own workflow and rights."""
    governed = {content_type.pk for content_type in governed_types(Page)}
    top = Page.objects.filter(content_type_id__in=governed).order_by("path").only("path", "depth", "title")
    roots: list[Page] = []
    for page in top:
        if not roots or not page.path.startswith(roots[-1].path):
            roots.append(page)
    return roots


def governed_snippets() -> list[type[WorkflowMixin]]:
    return [model for model in governed_models() if issubclass(model, WorkflowMixin) and not issubclass(model, Page)]


def on_snippets(verbs: Iterable[str]) -> list[tuple[str, str]]:
    return [
        (model._meta.app_label, f"{verb}_{model._meta.model_name}") for model in governed_snippets() for verb in verbs
    ]


def permissions(names: Iterable[tuple[str, str]]) -> list[Permission]:
    """Only those whose app is installed."""
    wanted = set(names)
    found = Permission.objects.filter(codename__in={codename for _app, codename in wanted})
    return [right for right in found.select_related("content_type") if right_name(right) in wanted]


def right_name(right: Permission) -> tuple[str, str]:
    return right.content_type.app_label, right.codename
