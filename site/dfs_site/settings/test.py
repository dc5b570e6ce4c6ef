"""For the test suite: fast hashing, tasks run at once, mail in memory, no hashed static files."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("BASE_URL", "http://testserver")

from dfs_site.settings.base import *  # noqa: E402, F403

TEST_DIR = Path(tempfile.gettempdir()) / f"dfs-tests-{os.getpid()}"
MEDIA_ROOT = TEST_DIR / "media"
STATIC_ROOT = TEST_DIR / "static"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DFS_REQUIRE_SECOND_FACTOR = False  # the tests about it turn it on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")  # noqa: F405
LOGGING["root"]["level"] = "ERROR"  # type: ignore[index]  # noqa: F405

# Governed and foreign page types, for what must hold for any of them.
INSTALLED_APPS += ["tests.testapp"]  # noqa: F405
