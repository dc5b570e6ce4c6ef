"""For the desk and the demo: local addresses only, mail to files, no HTTPS. Never for a public host."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-this-computer-" + "x" * 50)
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{os.environ.get('PORT') or 8000}")
os.environ.setdefault("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
os.environ.setdefault("FROM_EMAIL", "platform@localhost")

from dfs_site.settings.base import *  # noqa: E402, F403

DEBUG = os.environ.get("DEBUG", "") == "yes"
DEMO = True
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys work at http://localhost, not at an address of numbers
