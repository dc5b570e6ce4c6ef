"""The accounts of the demo, one for each role. Their passwords are refused wherever `DEMO` is not set."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoAccount:
    username: str
    name: tuple[str, str]
    group: str
    password: str

    @property
    def edits(self) -> bool:
        """Drafters of MOUs have no rights in the admin: the builder is open to everybody."""
        return self.group != "MOU drafters"

    @property
    def email(self) -> str:
        return f"{self.username}@demo.invalid"


ACCOUNTS = (
    DemoAccount("contributor", ("Awa", "Contributor"), "Contributors", "demo-contributor-1"),
    DemoAccount("editor", ("Elena", "Editor"), "Editors", "demo-editor-1"),
    DemoAccount("translator", ("Tarek", "Translator"), "Translators", "demo-translator-1"),
    DemoAccount("reviewer", ("Rui", "Reviewer"), "Reviewers", "demo-reviewer-1"),
    DemoAccount("moderator", ("Mina", "Moderator"), "Moderators", "demo-moderator-1"),
    DemoAccount("drafter", ("Dipo", "Drafter"), "MOU drafters", "demo-drafter-1"),
    DemoAccount("steward", ("Sofia", "Steward"), "Stewards", "demo-steward-1"),
)

PASSWORDS = frozenset(account.password for account in ACCOUNTS)
