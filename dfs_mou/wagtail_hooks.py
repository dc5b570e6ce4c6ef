from wagtail import hooks

from dfs_mou.rich_text import register_chips
from dfs_mou.urls import admin_urlpatterns

hooks.register("register_rich_text_features", register_chips)
hooks.register("register_admin_urls", lambda: admin_urlpatterns)
