from wagtail import hooks
from wagtail.snippets.models import register_snippet

from dfs_pages.viewsets import GlossaryTermViewSet, StatementListings

register_snippet(GlossaryTermViewSet)


@hooks.register("register_admin_viewset")
def register_listings():
    return StatementListings()
