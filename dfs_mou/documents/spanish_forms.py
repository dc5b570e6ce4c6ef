"""Names of countries and institutions as they read inside a Spanish sentence.

CLDR gives the names of countries without an article, and most take none; the word a name begins with decides.
An institution whose name does not begin with a known Spanish word is named in quotation marks, after a noun of ours.
"""

from __future__ import annotations

import re

# The country or official name begins with this word.
COUNTRY_ARTICLE = {
    "Commonwealth": "la",
    "Confederación": "la",
    "Emiratos": "los",
    "Estado": "el",
    "Estados": "los",
    "Federación": "la",
    "Gran": "el",
    "Isla": "la",
    "Islas": "las",
    "Mancomunidad": "la",
    "Países": "los",
    "Principado": "el",
    "Reino": "el",
    "República": "la",
    "Sultanato": "el",
    "Territorio": "el",
    "Territorios": "los",
    "Unión": "la",
}
WHOLE_NAME_ARTICLE = {
    "Bahamas": "las",
    "Ciudad del Vaticano": "la",
    "Comoras": "las",
    "Gran Bretaña": "",
    "India": "la",
    "Maldivas": "las",
}
INSTITUTION_ARTICLE = {
    word: article
    for article, words in {
        "la": "Administración Agencia Autoridad Caja Comisión Contraloría Corporación Corte Dirección Entidad Fiscalía "
        "Instancia Institución Junta Oficina Procuraduría Secretaría Subsecretaría Superintendencia Unidad",
        "el": "Banco Bureau Centro Comité Consejo Departamento Despacho Directorio Ente Fondo Gobierno Instituto "
        "Ministerio Observatorio Organismo Órgano Regulador Servicio Sistema Tesoro Viceministerio",
    }.items()
    for word in words.split()
}
# A Spanish head word in a name that goes on in another language.
NOT_SPANISH = re.compile(r"\b(of|for|and|the|et|des|du|und|für)\b")
BANK = "el banco central denominado"
OTHER = "la institución denominada"


def spanish_country_locative(name: str) -> str:
    return f"en {_with_article(_country_article(name), name)}"


def spanish_country_genitive(name: str) -> str:
    return spanish_of(_with_article(_country_article(name), name))


def spanish_definite(name: str) -> str:
    article = None if NOT_SPANISH.search(name) else INSTITUTION_ARTICLE.get(re.split(r"[\s-]", name)[0])
    if article:
        return f"{article} {name}"
    return f"{BANK if re.search('ban[ckq]', name.lower()) else OTHER} «{name}»"


def spanish_genitive(name: str) -> str:
    return spanish_of(spanish_definite(name))


def spanish_of(words: str) -> str:
    """“de” and a masculine article are one word; the El of a name is not an article."""
    return f"del {words.removeprefix('el ')}" if words.startswith("el ") else f"de {words}"


def _country_article(name: str) -> str:
    whole = WHOLE_NAME_ARTICLE.get(name)
    return COUNTRY_ARTICLE.get(name.split(" ")[0], "") if whole is None else whole


def _with_article(article: str, name: str) -> str:
    return f"{article} {name}" if article else name
