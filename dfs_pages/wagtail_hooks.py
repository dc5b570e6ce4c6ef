from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from dfs_pages.views.books import BooksMenuItem, book_progress, upload_book
from dfs_pages.views.links import BrokenLinksMenuItem, broken_links
from dfs_pages.views.plain import serve_markdown
from dfs_pages.views.reviews import ReviewsMenuItem, reviews
from dfs_pages.views.statements import edit_statements, offer_statements
from dfs_pages.views.undefined import UndefinedMenuItem, undefined_terms
from dfs_pages.viewsets import (
    GlossaryTermViewSet,
    MappingViewSet,
    MissedSearchViewSet,
    OpinionViewSet,
    StatementListings,
)

register_snippet(GlossaryTermViewSet)
register_snippet(MappingViewSet)

hooks.register("on_serve_page", serve_markdown, order=100)
hooks.register("register_page_header_buttons", offer_statements)
hooks.register("register_page_listing_more_buttons", offer_statements)


@hooks.register("register_admin_viewset")
def register_listings():
    return StatementListings()


@hooks.register("register_admin_viewset")
def register_missed_searches():
    return MissedSearchViewSet("missed_searches")


@hooks.register("register_admin_viewset")
def register_opinions():
    return OpinionViewSet("opinions")


@hooks.register("insert_editor_js")
def read_pasted_tables():
    return format_html('<script type="module" src="{}"></script>', static("dfs_pages/pasted_table.js"))


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("dfs_pages.import", _("Import"), _("Imported again, as its book had changed"))


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("dfs-pages/statements/<int:page_id>/", edit_statements, name="dfs_pages_statements"),
        path("dfs-pages/books/", upload_book, name="dfs_pages_books"),
        path("dfs-pages/books/<int:import_id>/", book_progress, name="dfs_pages_book"),
        path("dfs-pages/reviews/", reviews, name="dfs_pages_reviews"),
        path("dfs-pages/links/", broken_links, name="dfs_pages_links"),
        path("dfs-pages/undefined-terms/", undefined_terms, name="dfs_pages_undefined"),
    ]


@hooks.register("register_settings_menu_item")
def register_books():
    return BooksMenuItem()


@hooks.register("register_reports_menu_item")
def register_undefined_terms():
    return UndefinedMenuItem()


@hooks.register("register_reports_menu_item")
def register_reviews():
    return ReviewsMenuItem()


@hooks.register("register_reports_menu_item")
def register_broken_links():
    return BrokenLinksMenuItem()
