from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.snippets.models import register_snippet

from dfs_workflow import restrictions
from dfs_workflow.models import Gated
from dfs_workflow.views import (
    access,
    bundles,
    comment_admin,
    desk,
    direction,
    editing,
    edition_admin,
    fact_checks,
    live_changes,
    localize,
    localize_guards,
    mail_admin,
    overrides,
    proposal_admin,
    waiting,
)
from dfs_workflow.viewsets import BundleViewSet, GovernedPageViewSet, OrganisationViewSet

register_snippet(BundleViewSet)
page_viewset_registry.register(Gated, GovernedPageViewSet())

hooks.register("insert_editor_js", direction.script)
hooks.register("insert_global_admin_css", direction.styles)
hooks.register("before_serve_page", restrictions.refuse_signed_in)
hooks.register("before_publish_page", editing.explain_publish)
hooks.register("before_publish", editing.explain_publish)
hooks.register("before_copy_page", editing.refuse_copies)
hooks.register("after_edit_page", editing.offer_next_steps)
hooks.register("before_edit_page", editing.warn_of_votes)
hooks.register("before_edit_snippet", editing.warn_of_votes)
hooks.register("construct_page_action_menu", editing.hide_publish_on_pages)
hooks.register("construct_snippet_action_menu", editing.offer_on_snippets)
hooks.register("register_page_header_buttons", editing.page_buttons)
hooks.register("register_page_listing_more_buttons", editing.page_buttons)
hooks.register("register_snippet_listing_buttons", editing.snippet_buttons)
hooks.register("register_admin_menu_item", access.people_menu)
hooks.register("construct_homepage_panels", desk.add_panel)
hooks.register("construct_homepage_panels", waiting.cut_list)
hooks.register("register_reports_menu_item", desk.emergencies_item)
hooks.register("before_delete_user", access.refuse_deleting)
hooks.register("before_bulk_action", access.refuse_deleting_many)
hooks.register("register_page_header_buttons", access.history_button)
hooks.register("construct_page_action_menu", proposal_admin.offer_proposal)
hooks.register("before_edit_page", proposal_admin.save_as_proposal)
hooks.register("before_edit_page", localize.take_over_publish, order=-10)
hooks.register("before_edit_snippet", localize.take_over_publish, order=-10)


@hooks.register("register_admin_viewset")
def register_organisations():
    return OrganisationViewSet("organisations")


@hooks.register("register_admin_urls", order=-10)
def register_urls():
    return [
        path("dfs-workflow/submit/<int:page_id>/", bundles.submit_bundle, name="dfs_workflow_submit_bundle"),
        path(
            "dfs-workflow/ask/<int:page_id>/<slug:kind>/", live_changes.ask_page_change, name="dfs_workflow_ask_change"
        ),
        path(
            "dfs-workflow/ask/<slug:app>/<slug:model>/<str:pk>/<slug:kind>/",
            live_changes.ask_snippet_change,
            name="dfs_workflow_ask_snippet_change",
        ),
        path(
            "dfs-workflow/translations/<int:translation_id>/submit/",
            localize.submit_translation,
            name="dfs_workflow_submit_translation",
        ),
        path("dfs-workflow/access/", access.explain_access, name="dfs_workflow_access"),
        path("dfs-workflow/rules/", access.edit_rules, name="dfs_workflow_rules"),
        path("dfs-workflow/charter/", access.edit_charter, name="dfs_workflow_charter"),
        path("dfs-workflow/history/<int:page_id>/", access.page_history, name="dfs_workflow_page_history"),
        path("dfs-workflow/proposals/", proposal_admin.manage_proposals, name="dfs_workflow_proposals"),
        path("dfs-workflow/editions/", edition_admin.manage_editions, name="dfs_workflow_editions"),
        path(
            "dfs-workflow/editions/<int:edition_id>/", edition_admin.decide_edition, name="dfs_workflow_decide_edition"
        ),
        path("dfs-workflow/fact-check/<int:task_state_id>/", fact_checks.ask_expert, name="dfs_workflow_fact_check"),
        path("dfs-workflow/emergency/<int:page_id>/", overrides.publish_alone, name="dfs_workflow_publish_alone"),
        path("dfs-workflow/emergencies/", overrides.overrides, name="dfs_workflow_overrides"),
        path("dfs-workflow/emergencies/<int:override_id>/", overrides.sign_off, name="dfs_workflow_sign_off"),
        path("dfs-workflow/comments/", comment_admin.moderate, name="dfs_workflow_comments"),
        path("dfs-workflow/comments/<int:pk>/", comment_admin.decide, name="dfs_workflow_decide_comment"),
        path("dfs-workflow/mails/", mail_admin.mails, name="dfs_workflow_mails"),
        path("dfs-workflow/mails/<int:pk>/again/", mail_admin.send_again, name="dfs_workflow_send_again"),
        *localize_guards.guarded_urls(),
    ]


@hooks.register("register_admin_menu_item")
def register_editions():
    return edition_admin.EditionsMenuItem()


@hooks.register("register_admin_menu_item")
def register_proposals():
    return proposal_admin.ProposalsMenuItem()


@hooks.register("register_admin_menu_item")
def register_comments():
    return comment_admin.CommentsMenuItem()


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("dfs_workflow.propose_edition", _("Propose an edition"), _("Edition proposed"))
    actions.register_action("dfs_workflow.vote", _("Agree for an organisation"), _("Agreed for an organisation"))
    actions.register_action("dfs_workflow.freeze_edition", _("Freeze an edition"), _("Edition frozen"))
    actions.register_action("dfs_workflow.discard_edition", _("Discard an edition"), _("Edition discarded"))
