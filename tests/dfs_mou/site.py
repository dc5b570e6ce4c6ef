"""Home pages to load the template under, in whatever site this is."""

from wagtail.models import Locale, Page, Site


def make_homes(language="fr"):
    """One in English and one in another language, both live."""
    Locale.objects.get_or_create(language_code="en")
    other, _created = Locale.objects.get_or_create(language_code=language)
    home = Site.objects.get(is_default_site=True).root_page
    if not home.has_translation(other):
        page = Page(title="Home", slug=f"home-{language}", locale=other, translation_key=home.translation_key)
        Page.objects.get(depth=1).add_child(instance=page)
    return home
