"""A small template in Arabic and English, of our own, to try right-to-left documents."""

from typing import Any

from dfs_mou.documents.edition import Edition


def _variable(name: str, arabic: str, english: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": name,
        "type": "text",
        "group": "all",
        "required": True,
        "localised": True,
        "form_of": None,
        "unit": None,
        "min": None,
        "max": None,
        "default": None,
        "label": {"ar": arabic, "en": english},
        "help": {},
        "example": {},
        "choices": [],
        **changes,
    }


def _node(key: str, title: tuple[str, str], body: Any = (), clauses: Any = (), **changes: Any) -> dict[str, Any]:
    arabic, english = title if title else ("", "")
    style = changes.pop("style", "decimal")
    return {
        "key": key,
        "number": None,
        "numbering": {"ar": style, "en": style} if clauses else {},
        "title": {"ar": arabic, "en": english} if title else {},
        "kind": "mandatory",
        "alternatives_group": None,
        "condition": None,
        "default_included": True,
        "requires": [],
        "guidance": {},
        "itu_reference": None,
        "body": {"ar": [p[0] for p in body], "en": [p[1] for p in body]} if body else {},
        "clauses": list(clauses),
        **changes,
    }


def _text(arabic: str, english: str) -> tuple[list[Any], list[Any]]:
    return [{"text": arabic}], [{"text": english}]


def _var(name: str) -> tuple[list[Any], list[Any]]:
    return [{"var": name}], [{"var": name}]


def _signature(key: str, name: str, head: str) -> dict[str, Any]:
    line = [{"text": "_" * 30}, {"break": True}, {"var": head}, {"break": True}, {"var": name}]
    return _node(key, (), [_text("عن الجهة:", "On behalf of:"), (line, line)])


ARABIC: dict[str, Any] = {
    "template": "arabic-sample",
    "version": "0.1.0",
    "languages": ["ar", "en"],
    "title": {"ar": "مذكرة تفاهم نموذجية", "en": "Sample memorandum"},
    "groups": [{"key": "all", "title": {"ar": "الكل", "en": "All"}, "help": {}}],
    "variables": [
        _variable("country_name", "الدولة", "Country", type="country"),
        _variable("regulator", "اسم الهيئة", "Name of the regulator"),
        _variable("regulator_head", "اسم رئيس الهيئة", "Head of the regulator"),
        _variable("bank", "اسم البنك المركزي", "Name of the central bank"),
        _variable("bank_head", "اسم المحافظ", "Governor"),
        _variable("laws", "القوانين", "Laws", type="legal_acts_list"),
        _variable("hours", "الساعات", "Hours", type="integer", localised=False, default=24, min=2, max=72),
        _variable("signed_on", "تاريخ التوقيع", "Date", type="date", localised=False, required=False),
        _variable("contacts", "قائمة جهات الاتصال", "Contact list", type="list_of_contacts", localised=False),
    ],
    "clauses": [
        _node(
            "cover",
            ("مذكرة تفاهم", "Memorandum"),
            [
                _text("بين", "between"),
                _var("regulator"),
                _text("و", "and"),
                _var("bank"),
                _var("country_name"),
            ],
            number="",
        ),
        _node(
            "basis",
            ("الأساس القانوني", "Legal basis"),
            [_text("تستند هذه المذكرة إلى ما يأتي:", "This memorandum rests on:"), _var("laws")],
            number="",
        ),
        _node(
            "definitions",
            ("التعريفات", "Definitions"),
            [_text("في هذه المذكرة:", "In this memorandum:")],
            [
                _node(
                    "d-network",
                    (),
                    [_text("«الشبكة» تعني شبكة الاتصالات المتنقلة.", "“Network” means a network.")],
                ),
                _node("d-card", (), [_text("«البطاقة» تعني بطاقة SIM أو eSIM.", "“Card” means a SIM or eSIM.")]),
                _node(
                    "d-service",
                    (),
                    [_text("«الخدمة» تعني خدمة USSD أو STK.", "“Service” means USSD or STK.")],
                ),
            ],
            style="none",
        ),
        _node(
            "incidents",
            ("الإبلاغ عن الحوادث", "Notice of incidents"),
            (),
            [
                _node(
                    "incidents-time",
                    (),
                    [
                        (
                            [
                                {"text": "يُبلغ كل طرف الآخر خلال "},
                                {"var": "hours"},
                                {"text": " ساعة وفقًا لما ورد في "},
                            ]
                            + [
                                {"ref": "annex-contacts"},
                                {"text": " وفي "},
                                {"ref": "definitions"},
                                {"text": "."},
                            ],
                            [
                                {"text": "Each notifies the other within "},
                                {"var": "hours"},
                                {"text": " hours; see "},
                            ]
                            + [
                                {"ref": "annex-contacts"},
                                {"text": " and "},
                                {"ref": "definitions"},
                                {"text": "."},
                            ],
                        )
                    ],
                ),
                _node(
                    "incidents-content",
                    (),
                    [_text("ويتضمن البلاغ:", "The notice says:")],
                    [
                        _node(
                            "i-what",
                            (),
                            [_text("نوع الحادث (SS7 أو Diameter أو TLS 1.2)؛", "the kind (SS7);")],
                        ),
                        _node("i-when", (), [_text("وقت وقوعه؛", "when it happened;")]),
                        _node("i-who", (), [_text("الجهات المتأثرة.", "who is affected.")]),
                    ],
                    style="lower_alpha",
                ),
            ],
        ),
        _node(
            "signatures",
            ("التوقيعات", "Signatures"),
            [
                (
                    [{"text": "حُرّرت في "}, {"var": "signed_on"}, {"text": "."}],
                    [{"text": "Done on "}, {"var": "signed_on"}, {"text": "."}],
                )
            ],
            [
                _signature("sign-regulator", "regulator", "regulator_head"),
                _signature("sign-bank", "bank", "bank_head"),
            ],
            number="",
            style="none",
        ),
    ],
    "annexes": [
        _node(
            "annex-contacts",
            ("جهات الاتصال", "Contacts"),
            (),
            [_node("contacts-list", (), [_text("القائمة:", "The list:"), _var("contacts")])],
        ),
        _node("annex-form", ("نموذج البلاغ", "Form"), [_text("يُملأ هذا النموذج.", "Fill this form.")]),
    ],
}

ARABIC_ANSWERS = {
    "common": {"hours": 12, "signed_on": "2026-09-01"},
    "values": {
        "ar": {
            "country_name": "المملكة الأردنية الهاشمية",
            "regulator": "هيئة تنظيم قطاع الاتصالات (TRC)",
            "regulator_head": "[اسم رئيس مجلس المفوضين]",
            "bank": "البنك المركزي الأردني",
            "bank_head": "[اسم المحافظ]",
            "laws": ["قانون الاتصالات رقم (13) لسنة 1995", "قانون البنك المركزي رقم (23) لسنة 1971"],
        }
    },
}


for _index, _top in enumerate([*ARABIC["clauses"], *ARABIC["annexes"]], start=1):
    _top["reference"] = f"AR-{_index:03}"


def arabic_edition() -> Edition:
    return Edition.from_json(ARABIC)
