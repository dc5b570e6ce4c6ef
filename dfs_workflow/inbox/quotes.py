"""The words that somebody wrote, without the mail they answer, as programs in our six languages quote it."""

import re

# Marks of direction and spaces of no width: programs put them around names and addresses.
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
LONGEST_ATTRIBUTION = 300

ATTRIBUTIONS = (
    r"On\b.+\bwrote\s*:",
    r"Le\b.+\ba écrit\s*:",
    r"El\b.+\bescribió\s*:",
    r"(?:في|بتاريخ|يوم|كتب).*(?:كتب|كتابة).*:",
    r".*\b(?:пишет|написал|написала|написал\(а\)|писал|писала)\s*:",
    r".*写道\s*[:：]",
)
ATTRIBUTION = re.compile("|".join(f"(?:{pattern})" for pattern in ATTRIBUTIONS), re.IGNORECASE)
ORIGINAL = (
    r"Original Message|Original Appointment|Message d['’]origine|Message original|Mensaje original|"
    r"الرسالة الأصلية|رسالة أصلية|Исходное сообщение|Оригинальное сообщение|原始邮件|原始消息|原邮件|"
    r"Forwarded message|Message transféré|Mensaje reenviado|Пересланное сообщение|转发的邮件|رسالة معاد توجيهها"
)
SEPARATOR = re.compile(rf"-{{2,}}\s*(?:{ORIGINAL})\s*-{{2,}}", re.IGNORECASE)
FROM = re.compile(r"\*?(?:From|De|От|发件人|من)\s*[:：]", re.IGNORECASE)
OTHER_FIELDS = re.compile(
    r"\*?(?:Sent|Date|To|Cc|Subject|Envoyé(?: le)?|À|A|Objet|Enviado(?: el)?|Fecha|Para|Asunto|"
    r"تم الإرسال|تاريخ الإرسال|التاريخ|إلى|الموضوع|Отправлено|Дата|Кому|Тема|"
    r"发送时间|日期|时间|收件人|抄送|主题)\s*[:：]",
    re.IGNORECASE,
)
FROM_A_DEVICE = re.compile(
    r"(?:Sent from .{1,40}|Get Outlook for .{1,40}|Envoyé (?:de|depuis|à partir) .{1,60}|Obtenir Outlook pour .{1,40}|"
    r"Télécharger Outlook pour .{1,40}|Enviado desde .{1,60}|Obtener Outlook para .{1,40}|"
    r"أُ?رسلت? من .{1,60}|تم الإرسال من .{1,60}|Отправлено (?:с|из) .{1,60}|发自我的.{1,40}|从我的.{1,40}发送)",
    re.IGNORECASE,
)


def own_words(text: str) -> str:
    """Answers between quoted lines stay; everything below a mail that is quoted without marks goes."""
    lines = [UNSEEN.sub("", line.replace("\xa0", " ")).rstrip() for line in text.split("\n")]
    kept: list[str] = []
    at = 0
    while at < len(lines) and not ends_at(lines, at):
        length = attribution(lines, at)
        if length and not is_quoted_next(lines, at + length):
            break
        if not length and not lines[at].startswith(">"):
            kept.append(lines[at])
        at += length or 1
    return tidy(kept)


def ends_at(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    if line == "--" or SEPARATOR.fullmatch(line):
        return True
    if re.fullmatch(r"_{10,}", line):
        return at + 1 < len(lines) and any(FROM.match(each.strip()) for each in lines[at + 1 : at + 3])
    return bool(FROM.match(line)) and any(OTHER_FIELDS.match(each.strip()) for each in lines[at + 1 : at + 4])


def attribution(lines: list[str], at: int) -> int:
    """How many lines say who wrote what follows; long ones are broken into up to three."""
    for length in (1, 2, 3):
        said = lines[at : at + length]
        if len(said) < length or any(not line.strip() or line.startswith(">") for line in said):
            return 0
        if is_attribution(said):
            # The first of them may be somebody's own words, right above.
            return 0 if length > 1 and is_attribution(said[1:]) else length
    return 0


def is_attribution(lines: list[str]) -> bool:
    """With the number of a day or an hour: "On Monday the minister wrote:" is a sentence."""
    joined = " ".join(line.strip() for line in lines)
    if len(joined) > LONGEST_ATTRIBUTION or not re.search(r"\d", joined):
        return False
    has_address = "@" in joined and joined.endswith((":", "："))  # Gmail in Russian, Yandex: no verb at all
    return has_address or bool(ATTRIBUTION.fullmatch(joined))


def is_quoted_next(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip()), "")
    return following.startswith(">")


def tidy(lines: list[str]) -> str:
    while lines and (not lines[-1].strip() or FROM_A_DEVICE.fullmatch(lines[-1].strip())):
        lines.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
