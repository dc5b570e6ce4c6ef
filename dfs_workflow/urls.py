"""Included in the site's `i18n_patterns`: `path("", include("dfs_workflow.urls"))`, before Wagtail's own."""

from django.urls import path

from dfs_workflow.views import access, account, directory, editions, joining, organisation, permanent_link

app_name = "dfs_workflow"
urlpatterns = [
    path("e/", editions.editions, name="editions"),
    path("e/changes/", editions.edition_changes, name="edition_changes"),
    path("e/<slug:number>/", editions.edition, name="edition"),
    path("e/<slug:number>/r/<slug:reference>/", editions.edition_reference, name="edition_reference"),
    path("e/<slug:number>/<path:path>", editions.edition_path, name="edition_path"),
    path("r/<slug:reference>/", permanent_link, name="permanent_link"),
    path("join/", joining.join, name="join"),
    path("join/sent/", joining.join_sent, name="join_sent"),
    path("join/verify/<str:token>/", joining.verify_address, name="verify_address"),
    path("invitation/<str:token>/", joining.invitation, name="invitation"),
    path("charter/", joining.charter, name="charter"),
    path("account/", account.account, name="account"),
    path("account/data/", account.own_data, name="own_data"),
    path("account/leave/", account.leave, name="leave"),
    path("account/erase/", account.erase, name="erase"),
    path("members/", directory.directory, name="directory"),
    path("members/<int:pk>/contact/", directory.contact, name="contact"),
    path("members/<int:pk>/end/", organisation.end_membership, name="end_membership"),
    path("members/<int:pk>/confirm/", organisation.confirm_membership, name="confirm_membership"),
    path("members/<int:pk>/focal-point/", organisation.set_focal_point, name="set_focal_point"),
    path("members/requests/", organisation.join_requests, name="join_requests"),
    path("members/requests/<int:pk>/", organisation.join_request, name="join_request"),
    path("members/invitations/<int:pk>/withdraw/", organisation.withdraw_invitation, name="withdraw_invitation"),
    path("members/organisations/<slug:key>/", organisation.organisation, name="organisation"),
    path("members/organisations/<slug:key>/domains/", organisation.add_domain, name="add_domain"),
    path("members/organisations/<slug:key>/history/", access.organisation_history, name="organisation_history"),
]
