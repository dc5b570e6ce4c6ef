from wagtail_localize.fields import SynchronizedField


def same_in_all_languages(*names: str) -> list[SynchronizedField]:
    """Fields that no translation may change: codes, references, addresses of sources."""
    return [SynchronizedField(name, overridable=False) for name in ("slug", *names)]
