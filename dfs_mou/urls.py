from django.urls import path

from dfs_mou.views.chips import chip_choices

admin_urlpatterns = [path("mou/chips/<str:linktype>/", chip_choices, name="dfs_mou_chips")]
