"""Where the home page stands, on a fresh Wagtail and on a site that has its own pages."""

from wagtail.models import Locale, Page, Site

from dfs_pages.models import HomePage

SLUG_ON_A_FOREIGN_SITE = "dfs-security"


def existing_home(locale: Locale) -> HomePage | None:
    return HomePage.objects.filter(locale=locale).order_by("path").first()


def untouched_welcome_page() -> Page | None:
    """The page that Wagtail's first migration makes; anybody's own page is left where it is."""
    pages = Page.objects.filter(depth=2, numchild=0, title="Welcome to your new Wagtail site!")
    return next((page for page in pages if page.specific_class is Page and not page.get_latest_revision()), None)


def free_slug(wanted: str) -> str:
    taken = Page.objects.filter(depth=2, slug=wanted).exists()
    return SLUG_ON_A_FOREIGN_SITE if taken else wanted


def give_way(welcome: Page) -> None:
    """Its address is the one the home page needs; it is deleted once no site points to it."""
    welcome.slug = "wagtail-welcome"
    welcome.save()


def adopt_sites(home: HomePage, welcome: Page | None) -> list[str]:
    """Sites that still show the welcome page show ours now; others keep theirs, and the report says so."""
    if welcome is not None:
        for site in Site.objects.filter(root_page=welcome):
            site.root_page = home
            site.save()
        welcome.delete()
    if not Site.objects.exists():
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    if Site.objects.filter(root_page=home).exists():
        return []
    return [f"no site shows “{home}” yet: choose it as the root page of one under Settings, Sites"]
