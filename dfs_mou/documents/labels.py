"""The words that a document says by itself, in the six languages, and how each language numbers and dates.

Clause texts come from the template; only what a renderer adds is here.
"""

from __future__ import annotations

from dataclasses import dataclass

LATIN = "abcdefghijklmnopqrstuvwxyz"
ARABIC = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"


@dataclass(frozen=True)
class Labels:
    tag: str  # language tag for Word and PDF
    locale: str  # Babel's locale, for dates
    direction: str
    letters: str
    letter: str  # how a lettered item is labelled
    clause: str  # a cross-reference to a clause
    annex: str  # a cross-reference to an annex, and its heading
    contents: str
    annexes: str
    draft: str
    notice: str
    outdated: str  # "%(date)s": of a translation whose source has changed
    lacking: str  # of a clause that the parties added in another language
    left_out: str  # "%(name)s": of a clause that another one refers to
    template: str  # "%(template)s %(version)s"
    content_hash: str
    generated: str
    page: str  # "%(page)s … %(pages)s"
    signature: str
    placeholder: str  # what stands at a line to fill by hand, for readers who listen
    list_comma: str
    contact_columns: tuple[str, str, str, str, str, str]
    contact_roles: tuple[str, str, str, str, str, str]
    aside: str = " (%s)"  # what belongs on a line of the signatures
    stop: str = ". "  # between a title and its text
    colon: str = ": "
    semicolon: str = "; "
    dash: str = " – "


_EN = Labels(
    tag="en-GB",
    locale="en_GB",
    direction="ltr",
    letters=LATIN,
    letter="(%s)",
    clause="clause %(number)s",
    annex="Annex %(number)s",
    contents="Contents",
    annexes="Annexes",
    draft="DRAFT",
    notice="Model text, not legal advice; not an official ITU text",
    outdated=(
        "The source text of this clause changed on %(date)s; "
        "this translation says what it said before. Compare both before you sign."
    ),
    lacking="The parties have agreed on this clause in another language only; its text in this language is still open.",
    left_out="“%(name)s” (left out)",
    template="Model %(template)s, version %(version)s",
    content_hash="content %(hash)s",
    generated="Generated on %(date)s",
    page="Page %(page)s of %(pages)s",
    signature="Signature",
    placeholder="to be filled in",
    list_comma=", ",
    contact_columns=("Role", "Name", "Post", "Telephone", "E-mail", "Key fingerprint"),
    contact_roles=("Focal point", "Deputy", "Incident desk", "Legal", "Data protection", "Communications"),
)
_FR = Labels(
    tag="fr-FR",
    locale="fr",
    direction="ltr",
    letters=LATIN,
    letter="%s)",
    clause="article %(number)s",
    annex="Annexe %(number)s",
    contents="Table des matières",
    annexes="Annexes",
    draft="PROJET",
    notice="Texte modèle, ne valant pas avis juridique\u00a0; n’est pas un texte officiel de l’UIT",
    outdated=(
        "Le texte source de cet article a été modifié le %(date)s\u00a0; "
        "la présente traduction en reprend la rédaction antérieure. Comparez les deux avant de signer."
    ),
    lacking=(
        "Les parties ne sont convenues de cet article que dans une autre langue\u00a0; "
        "son texte dans cette langue reste à convenir."
    ),
    left_out="«\u00a0%(name)s\u00a0» (supprimé)",
    template="Modèle %(template)s, version %(version)s",
    content_hash="contenu %(hash)s",
    generated="Établi le %(date)s",
    page="Page %(page)s sur %(pages)s",
    signature="Signature",
    placeholder="à compléter",
    list_comma=", ",
    contact_columns=("Rôle", "Nom", "Fonction", "Téléphone", "Courriel", "Empreinte de la clé"),
    contact_roles=(
        "Point focal",
        "Suppléant(e)",
        "Cellule incidents",
        "Affaires juridiques",
        "Protection des données",
        "Communication",
    ),
    colon="\N{NO-BREAK SPACE}: ",
    semicolon="\N{NO-BREAK SPACE}; ",
)
_ES = Labels(
    tag="es-ES",
    locale="es",
    direction="ltr",
    letters=LATIN,
    letter="%s)",
    clause="cláusula %(number)s",
    annex="Anexo %(number)s",
    contents="Índice",
    annexes="Anexos",
    draft="BORRADOR",
    notice="Texto modelo, no constituye asesoramiento jurídico; no es un texto oficial de la UIT",
    outdated=(
        "El texto original de esta cláusula se modificó el %(date)s; "
        "esta traducción recoge la redacción anterior. Compare ambos antes de firmar."
    ),
    lacking="Las partes han acordado esta cláusula solo en otro idioma; su texto en este idioma está por acordar.",
    left_out="«%(name)s» (suprimida)",
    template="Modelo %(template)s, versión %(version)s",
    content_hash="contenido %(hash)s",
    generated="Generado el %(date)s",
    page="Página %(page)s de %(pages)s",
    signature="Firma",
    placeholder="por completar",
    list_comma=", ",
    contact_columns=("Función", "Nombre", "Cargo", "Teléfono", "Correo electrónico", "Huella de la clave"),
    contact_roles=(
        "Punto de contacto",
        "Suplente",
        "Servicio de incidentes",
        "Asuntos jurídicos",
        "Protección de datos",
        "Comunicación",
    ),
)
_AR = Labels(
    tag="ar-SA",
    locale="ar",
    direction="rtl",
    letters=ARABIC,
    letter="(%s)",
    clause="البند %(number)s",
    annex="الملحق %(number)s",
    contents="المحتويات",
    annexes="الملاحق",
    draft="مسودة",
    notice="نص نموذجي لا يُعدّ مشورة قانونية؛ وليس نصاً رسمياً صادراً عن الاتحاد الدولي للاتصالات",
    outdated=(
        "تغيّر النص الأصلي لهذا البند في %(date)s؛ وهذه الترجمة تنقل صياغته السابقة. قارِن بين النصين قبل التوقيع."
    ),
    lacking="اتفق الأطراف على هذا البند بلغة أخرى فقط، ولم يُتفق بعد على نصه بهذه اللغة.",
    left_out="«%(name)s» (محذوف)",
    template="النموذج %(template)s، الإصدار %(version)s",
    content_hash="المحتوى %(hash)s",
    generated="أُعدّ في %(date)s",
    page="صفحة %(page)s من %(pages)s",
    signature="التوقيع",
    placeholder="يُستكمل",
    list_comma="، ",
    contact_columns=("الدور", "الاسم", "الوظيفة", "الهاتف", "البريد الإلكتروني", "بصمة المفتاح"),
    contact_roles=(
        "جهة الاتصال",
        "النائب",
        "مكتب الحوادث",
        "الشؤون القانونية",
        "حماية البيانات",
        "الاتصال والإعلام",
    ),
)
_RU = Labels(
    tag="ru-RU",
    locale="ru",
    direction="ltr",
    letters=CYRILLIC,
    letter="%s)",
    clause="пункт %(number)s",
    annex="Приложение %(number)s",
    contents="Содержание",
    annexes="Приложения",
    draft="ПРОЕКТ",
    notice="Типовой текст, не является ни юридической консультацией, ни официальным текстом МСЭ",
    outdated=(
        "Исходный текст этого пункта изменён %(date)s; "
        "перевод соответствует прежней редакции. Перед подписанием сравните оба текста."
    ),
    lacking="Стороны согласовали этот пункт только на другом языке; его текст на этом языке ещё не согласован.",
    left_out="«%(name)s» (исключено)",
    template="Типовой текст %(template)s, версия %(version)s",
    content_hash="содержание %(hash)s",
    generated="Составлено %(date)s",
    page="Страница %(page)s из %(pages)s",
    signature="Подпись",
    placeholder="заполнить",
    list_comma=", ",
    contact_columns=("Роль", "Имя", "Должность", "Телефон", "Эл. почта", "Отпечаток ключа"),
    contact_roles=(
        "Контактное лицо",
        "Заместитель",
        "Дежурный по инцидентам",
        "Юридические вопросы",
        "Защита данных",
        "Связи с общественностью",
    ),
)
_ZH = Labels(
    tag="zh-CN",
    locale="zh_Hans",
    direction="ltr",
    letters=LATIN,
    letter="(%s)",
    clause="第%(number)s条",
    annex="附件%(number)s",
    contents="目录",
    annexes="附件",
    draft="草案",
    notice="示范文本，不构成法律意见；并非国际电联正式文本",
    outdated=("本条款的原文已于%(date)s修改；此译文仍为修改前的内容。签署前请对照两种文本。"),
    lacking="各方仅以另一种语言商定了本条款；本条款的这一语言文本尚待商定。",
    left_out="“%(name)s”（已删去）",
    template="示范文本%(template)s，版本%(version)s",
    content_hash="内容%(hash)s",
    generated="生成于%(date)s",
    page="第%(page)s页，共%(pages)s页",
    signature="签字",
    placeholder="待填写",
    list_comma="、",
    contact_columns=("职责", "姓名", "职务", "电话", "电子邮件", "密钥指纹"),
    contact_roles=("协调人", "副协调人", "事件值班台", "法律事务", "数据保护", "新闻传播"),
    aside="（%s）",
    stop="。",
    colon="：",
    semicolon="；",
    dash="——",
)

LABELS = {"en": _EN, "fr": _FR, "es": _ES, "ar": _AR, "ru": _RU, "zh-hans": _ZH}


def labels_in(language: str) -> Labels:
    return LABELS[language]
