"""A passkey belongs to a domain: browsers refuse one at an address of numbers, as the demo's is.

https://www.w3.org/TR/webauthn-2/#relying-party-identifier
"""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def passkeys(request: HttpRequest) -> dict[str, Any]:
    """For templates: what may be offered at the address that was asked for."""
    if request.path_info.startswith("/admin/"):
        return {}
    host, _colon, port = split(request.get_host())
    is_number = is_address(host)
    kinds = [kind for kind in settings.MFA_SUPPORTED_TYPES if kind != "webauthn" or not is_number]
    local = is_number and ip_address(host).is_loopback and settings.DEMO
    named = f"{request.scheme}://localhost{f':{port}' if port else ''}{request.get_full_path()}" if local else ""
    return {"second_factors": kinds, "passkeys_work": not is_number, "named_address": named}


def split(host: str) -> tuple[str, str, str]:
    if host.startswith("["):
        name, _bracket, rest = host[1:].partition("]")
        return name, ":", rest.lstrip(":")
    return host.partition(":")


def is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
