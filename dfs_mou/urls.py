"""Readers' pages, for the site's `i18n_patterns`, before Wagtail's own: `path("", include("dfs_mou.urls"))`."""

from django.urls import path

from dfs_mou.views.agreement import agreements, clause, room
from dfs_mou.views.builder import builder, forget, resume
from dfs_mou.views.chips import chip_choices
from dfs_mou.views.house_style import house_style_file, house_styles
from dfs_mou.views.lint import findings_of_page, template_check
from dfs_mou.views.preview import choose_sample
from dfs_mou.views.register import register

app_name = "dfs_mou"
urlpatterns = [
    path("mou-builder/", builder, name="builder"),
    path("mou-builder/resume/<str:token>/", resume, name="resume"),
    path("mou-builder/delete/", forget, name="forget"),
    path("mou/register/", register, name="register"),
    path("mou-builder/agreements/", agreements, name="agreements"),
    path("mou-builder/agreement/<str:token>/", room, name="room"),
    path("mou-builder/agreement/<str:token>/<str:language>/<str:key>/", clause, name="clause"),
]
admin_urlpatterns = [
    path("mou/check/<int:page_id>/", template_check, name="dfs_mou_check"),
    path("mou/check/<int:page_id>/here/", findings_of_page, name="dfs_mou_findings"),
    path("mou/chips/<str:linktype>/", chip_choices, name="dfs_mou_chips"),
    path("mou/sample/", choose_sample, name="dfs_mou_sample"),
    path("mou/house-style/", house_styles, name="dfs_mou_house_style"),
    path("mou/house-style/<int:pk>.docx", house_style_file, name="dfs_mou_house_style_file"),
    path("mou/house-style/<int:pk>/<str:language>.docx", house_style_file, name="dfs_mou_house_style_file"),
]
