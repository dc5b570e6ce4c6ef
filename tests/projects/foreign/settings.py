"""A Wagtail site of somebody else. `FOREIGN_APPS` names those of our apps that it has plugged in."""

import os

OURS = [name for name in os.environ.get("FOREIGN_APPS", "").split(",") if name]

SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.projects.foreign.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["FOREIGN_DATABASE"]}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_URL = "/static/"
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
WAGTAIL_I18N_ENABLED = USE_I18N = True
WAGTAIL_SITE_NAME = "Somebody else's site"
WAGTAILADMIN_BASE_URL = "http://testserver"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

INSTALLED_APPS = [
    "tests.projects.foreign",
    *OURS,
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "simple_history",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
if "dfs_workflow" in OURS:
    INSTALLED_APPS += ["django_comments_xtd", "django_comments", "django.contrib.sites"]
    SITE_ID, COMMENTS_APP, COMMENTS_XTD_MAX_THREAD_LEVEL = 1, "django_comments_xtd", 2
    MIDDLEWARE.append("dfs_workflow.middleware.ExplainRefusalMiddleware")
    WAGTAIL_FINISH_WORKFLOW_ACTION = "dfs_workflow.finish.publish_reviewed_revision"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
