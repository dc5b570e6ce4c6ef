"""The groups in which the supplied template's questions are asked: their order, titles and help."""

GROUPS: list[dict[str, object]] = [
    {
        "key": "agreement",
        "title": {"en": "The agreement", "fr": "Le protocole"},
        "help": {
            "en": "The country, the legal effect, the duration and how the two Authorities work together.",
            "fr": "Le pays, la portée juridique, la durée et la façon dont les deux Parties coopèrent.",
        },
    },
    {
        "key": "telecom_regulator",
        "title": {"en": "The telecommunications regulator", "fr": "Le régulateur des télécommunications"},
        "help": {
            "en": "Its name as in the law, its seat and who signs for it.",
            "fr": "Son nom tel qu’il figure dans la loi, son siège et la personne qui signe en son nom.",
        },
    },
    {
        "key": "central_bank",
        "title": {"en": "The central bank", "fr": "La banque centrale"},
        "help": {
            "en": "Its name as in the law, its seat and who signs for it.",
            "fr": "Son nom tel qu’il figure dans la loi, son siège et la personne qui signe en son nom.",
        },
    },
    {
        "key": "legal",
        "title": {"en": "Laws and other institutions", "fr": "Textes et autres institutions"},
        "help": {
            "en": "The acts the MOU rests on and the institutions it names. What is left empty prints as a "
            "line or drops out.",
            "fr": "Les textes sur lesquels repose le protocole et les institutions qu’il nomme. Ce qui reste "
            "vide s’imprime en ligne à compléter ou disparaît.",
        },
    },
    {
        "key": "security",
        "title": {"en": "Security figures", "fr": "Chiffres de sécurité"},
        "help": {
            "en": "Time limits and intervals. Each has a usual value; change what differs in your practice.",
            "fr": "Délais et fréquences. Chacun a une valeur usuelle ; modifier ceux qui diffèrent de votre pratique.",
        },
    },
    {
        "key": "contacts",
        "title": {"en": "Contacts", "fr": "Contacts"},
        "help": {
            "en": "Posts rather than persons where you can. The contact list is an annex, not published.",
            "fr": "Des fonctions plutôt que des personnes si possible. La liste est une annexe, non publiée.",
        },
    },
]
