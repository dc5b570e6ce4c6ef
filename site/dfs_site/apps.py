from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The composing site: settings, addresses, frame and commands that know every app."""

    name = "dfs_site"
    verbose_name = "DFS security platform"
