"""Home pages to load the template under, in whatever site this is."""

from wagtail.models import Locale, Page, Site


def make_homes():
    """One in English and one in French, both live."""
    Locale.objects.get_or_create(language_code="en")
    french, _created = Locale.objects.get_or_create(language_code="fr")
    home = Site.objects.get(is_default_site=True).root_page
    if not home.has_translation(french):
        page = Page(title="Accueil", slug="home-fr", locale=french, translation_key=home.translation_key)
        Page.objects.get(depth=1).add_child(instance=page)
    return home
