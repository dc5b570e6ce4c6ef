"""One message as it came from the mail server."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from dfs_workflow.inbox.html import text_of_html
from dfs_workflow.inbox.quotes import own_words

RECIPIENT_HEADERS = ("x-original-to", "delivered-to", "envelope-to", "to", "cc")
AUTOMATIC_PRECEDENCE = frozenset({"bulk", "junk", "list", "auto_reply"})
AUTOMATIC_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponse", "list-id")
AUTOMATIC_SENDERS = ("mailer-daemon@", "postmaster@", "noreply@", "no-reply@")
# Programs name the older set and write the newer one, which contains it.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "cp1252", "us-ascii": "utf-8"}


@dataclass(frozen=True)
class Incoming:
    message: Message
    sender: str  # empty unless there is exactly one
    recipients: tuple[str, ...]
    identity: str
    is_automatic: bool


def parse(data: bytes) -> Incoming:
    message = message_from_bytes(data)
    senders = addresses(message, "from")
    return Incoming(
        message=message,
        sender=senders[0] if len(senders) == 1 else "",
        recipients=tuple(dict.fromkeys(address for name in RECIPIENT_HEADERS for address in addresses(message, name))),
        identity=" ".join(header(message, "message-id").split()),
        is_automatic=is_automatic(message, senders),
    )


def addresses(message: Message, name: str) -> list[str]:
    values = [str(value) for value in message.get_all(name, [])]
    return [address.strip().lower() for _name, address in getaddresses(values) if "@" in address]


def header(message: Message, name: str) -> str:
    value = str(message.get(name, ""))
    try:
        return str(make_header(decode_header(value)))
    except (UnicodeError, LookupError, ValueError):
        return value


def is_automatic(message: Message, senders: list[str]) -> bool:
    """RFC 3834, and what was usual before it: no program is ever answered, nor taken for a person."""
    submitted = header(message, "auto-submitted").partition(";")[0].strip().lower()
    precedence = header(message, "precedence").strip().lower()
    return (
        submitted not in {"", "no"}
        or precedence in AUTOMATIC_PRECEDENCE
        or any(message.get(name) for name in AUTOMATIC_HEADERS)
        or str(message.get("return-path", "")).strip() == "<>"
        or any(sender.startswith(AUTOMATIC_SENDERS) for sender in senders)
        or message.get_content_type() == "multipart/report"
    )


def words_of(message: Message) -> tuple[str, int]:
    """What its sender wrote, without what they quoted; and how many files came along, which nobody takes."""
    plain, html, files = [], [], 0
    for part in leaves(message):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or part.get_filename():
            files += 0 if part.get("content-id") and kind.startswith("image/") else 1
        elif kind == "text/plain":
            plain.append(unflowed(decoded(part), part))
        elif kind == "text/html":
            html.append(text_of_html(decoded(part)))
        elif kind == "message/rfc822":
            files += 1
    found = [text for text in plain if text.strip()] or html
    return own_words("\n".join(found)), files


def leaves(message: Message) -> Iterator[Message]:
    """Into `multipart/…`, and never into a message that is attached."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from leaves(part)


def decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    name = (part.get_content_charset() or "utf-8").lower()
    try:
        codec = codecs.lookup(WIDER.get(name, name)).name
    except LookupError:
        codec = "utf-8"
    try:
        text = data.decode("utf-8" if name == "us-ascii" else codec)
    except UnicodeError:
        text = data.decode(codec, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unflowed(text: str, part: Message) -> str:
    """RFC 3676: a line that ends in a space goes on in the next one."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    glue = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    found: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        is_quoted = line.startswith(">")
        line = line[1:] if line.startswith(" ") else line  # noqa: PLW2901
        if goes_on and not is_quoted and found:
            found[-1] = found[-1].rstrip() + glue + line
        else:
            found.append(line)
        goes_on = line.endswith(" ") and line != "-- " and not is_quoted
    return "\n".join(found)
