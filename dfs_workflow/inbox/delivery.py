"""Reports about mails that didn't arrive (RFC 3464)."""

from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True)
class Report:
    """For one recipient. `status`: 5.… for good, 4.… for now."""

    action: str
    status: str
    diagnostic: str

    @property
    def is_final(self) -> bool:
        return self.action == "failed" and self.status.startswith("5")


def reports_in(message: Message) -> list[Report]:
    found = []
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for fields in part.get_payload():
                if isinstance(fields, Message) and fields.get("action"):
                    found.append(report(fields))
    return found


def report(fields: Message) -> Report:
    diagnostic = " ".join(str(fields.get("diagnostic-code", "")).split())
    return Report(
        action=str(fields.get("action", "")).strip().lower(),
        status=str(fields.get("status", "")).strip(),
        diagnostic=diagnostic.partition(";")[2].strip() or diagnostic,
    )
