"""An edition with its public template and a directory; clauses only where a test is about pages."""

from typing import Any

import pytest
from django.core.cache import cache
from wagtail.models import Locale, Site

from dfs_mou.documents.edition import Edition
from dfs_mou.importers.template_files import in_page_order
from dfs_mou.models import MouTemplatePage, TemplateEdition
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.tree import create_pages
from dfs_workflow.models import Organisation, OrganisationCountry
from tests.dfs_mou.mou_content import supplied_json


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def edition(db: Any) -> TemplateEdition:
    content = in_page_order(supplied_json())
    Locale.objects.get_or_create(language_code="en")
    page = MouTemplatePage(title="MOU", slug="mou", template_key=content["template"], version=content["version"])
    with system_publication(reason="Set up for a test"):
        create_pages(Site.objects.get(is_default_site=True).root_page, [(page, [])])
    return TemplateEdition.objects.create(
        template=content["template"],
        version=content["version"],
        sha256=Edition.from_json(content).sha256,
        languages=content["languages"],
        content=content,
    )


@pytest.fixture
def directory(db: Any) -> dict[str, Organisation]:
    """One country with one regulator, one with two, and a central bank of two countries."""
    kinds = Organisation.Kind
    rows = {
        "ncc": ("Nigerian Communications Commission", "NCC", kinds.TELECOM_REGULATOR, ["NG"]),
        "cbn": ("Central Bank of Nigeria", "CBN", kinds.CENTRAL_BANK, ["NG"]),
        "artp": (
            "Autorité de Régulation des Télécommunications et des Postes",
            "ARTP",
            kinds.TELECOM_REGULATOR,
            ["SN"],
        ),
        "other": ("Agence nationale des fréquences", "ANF", kinds.TELECOM_REGULATOR, ["SN"]),
        "bceao": ("Banque Centrale des États de l’Afrique de l’Ouest", "BCEAO", kinds.CENTRAL_BANK, ["SN", "BJ"]),
    }
    names = {"NG": "Nigeria", "SN": "Senegal", "BJ": "Benin"}
    found = {}
    for key, (name, acronym, kind, codes) in rows.items():
        found[key] = Organisation.objects.create(key=key, name=name, acronym=acronym, kind=kind)
        for code in codes:
            OrganisationCountry.objects.create(organisation=found[key], code=code, name=names[code])
    return found
