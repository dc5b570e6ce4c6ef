from wagtail import hooks

from dfs_mou.rich_text import register_chips
from dfs_mou.urls import admin_urlpatterns
from dfs_mou.views import lint

hooks.register("register_rich_text_features", register_chips)
hooks.register("register_admin_urls", lambda: admin_urlpatterns)
hooks.register("after_edit_page", lint.tell_after_saving)
hooks.register("after_create_page", lint.tell_after_saving)
hooks.register("register_page_header_buttons", lint.page_buttons)
