from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from dfs_mou.rich_text import register_chips
from dfs_mou.urls import admin_urlpatterns
from dfs_mou.views import house_style, lint

hooks.register("register_rich_text_features", register_chips)
hooks.register("register_admin_urls", lambda: admin_urlpatterns)
hooks.register("after_edit_page", lint.tell_after_saving)
hooks.register("after_create_page", lint.tell_after_saving)
hooks.register("register_page_header_buttons", lint.page_buttons)
hooks.register("register_settings_menu_item", house_style.HouseStyleMenuItem)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("dfs_mou.propose_house_style", _("Propose a house style"), _("House style proposed"))
    actions.register_action(
        "dfs_mou.approve_house_style", _("Put a house style in force"), _("House style put in force")
    )
    actions.register_action("dfs_mou.drop_house_style", _("Drop a house style"), _("House style dropped"))
