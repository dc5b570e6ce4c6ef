"""How the list of mails names what they were about, and why they were not sent."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

JOINING, INVITATION = gettext_lazy("Request to join"), gettext_lazy("Invitation")
MEMBERSHIP, SIGNING_IN = gettext_lazy("Membership"), gettext_lazy("Password and second factor")
REVIEWS, REMINDER = gettext_lazy("Reviews"), gettext_lazy("Reminder")
EMERGENCIES, FACT_CHECK = gettext_lazy("Emergency publications"), gettext_lazy("Fact check")
PROPOSALS, COMMENTS = gettext_lazy("Proposals"), gettext_lazy("Comments")

KINDS = {
    **dict.fromkeys(("verify", "known", "admit", "declined"), JOINING),
    **dict.fromkeys(("invite", "invited"), INVITATION),
    **dict.fromkeys(("confirm", "ended"), MEMBERSHIP),
    **dict.fromkeys(("account", "second_factor_reset"), SIGNING_IN),
    **dict.fromkeys(("awaiting", "decided", "reviews_due", "held_back", "votes_void"), REVIEWS),
    **dict.fromkeys(("reminder", "waiting"), REMINDER),
    **dict.fromkeys(("emergency", "emergencies"), EMERGENCIES),
    **dict.fromkeys(("fact_check", "fact_checked"), FACT_CHECK),
    **dict.fromkeys(("proposal", "proposed", "remark", "assigned"), PROPOSALS),
    **dict.fromkeys(("answered", "comment_decided", "moderation", "not_taken"), COMMENTS),
    "consultation_closing": gettext_lazy("Consultations"),
    "broken_links": gettext_lazy("Links that lead nowhere"),
    "relay": gettext_lazy("Message"),
    "digest": gettext_lazy("Digest"),
}

CLOSED, PAUSED = "the account is closed", "the address is paused"
UNCLEAR = "unclear whether it was sent: "


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def reason(error: str) -> str:
    """What a mail server said stays as it was said."""
    if error.startswith(UNCLEAR):
        return _("Nobody knows whether it was sent (%(why)s).") % {"why": error.removeprefix(UNCLEAR)}
    known = {CLOSED: _("The account is closed."), PAUSED: _("The address is paused.")}
    return known.get(error, error)
