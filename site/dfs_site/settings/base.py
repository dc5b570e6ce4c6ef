"""Safe for production: everything secret comes from the environment, `dev` and `test` relax it."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from dfs_site.settings import env

SITE_DIR = Path(__file__).resolve().parent.parent
PROJECT_DIR = SITE_DIR.parent.parent
VAR_DIR = Path(os.environ.get("DFS_VAR_DIR") or PROJECT_DIR / "var")

DEBUG = False
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.hosts()
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL") or f"https://{ALLOWED_HOSTS[0]}"
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
CSRF_FAILURE_VIEW = "dfs_site.errors.no_secret"

INSTALLED_APPS = [
    "dfs_site",
    "dfs_pages",
    "dfs_mou",
    "dfs_workflow",
    "dfs_workflow.translation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
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
    "django_tasks",
    "django_tasks_db",
    "django_comments_xtd",
    "django_comments",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dfs_site.csp.PolicyMiddleware",
    "dfs_site.problems.ApiProblemMiddleware",
    "dfs_site.languages.RememberedLanguageMiddleware",
    "dfs_site.cache.AnonymousCacheMiddleware",
    "dfs_site.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dfs_site.languages.SiteLocaleMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",  # outside the next: what answers with a last slash wins
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dfs_site.accounts.middleware.AccountGateMiddleware",
    "dfs_workflow.middleware.ExplainRefusalMiddleware",
    "dfs_site.busy.BusyDatabaseMiddleware",
    "dfs_site.incomplete.IncompleteFormMiddleware",
]

ROOT_URLCONF = "dfs_site.urls"
WSGI_APPLICATION = "dfs_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dfs_site.frame.frame",
                "dfs_site.accounts.passkeys.passkeys",
            ],
        },
    },
]

DATABASES = {"default": env.database(f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
CACHES = env.caches()

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "dfs_site.passwords.NoDemoPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["dfs_site.passwords.NoDemoPasswordBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"

# Accounts: by invitation, signed in by password and second factor. Their addresses are proved by the invitation.
DEMO = False
DFS_REQUIRE_SECOND_FACTOR = True
ACCOUNT_ADAPTER = "dfs_site.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "dfs_site.accounts.password_reset.ResetPasswordForm"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
if CLIENT_ADDRESS_HEADER := os.environ.get("CLIENT_ADDRESS_HEADER", ""):
    ALLAUTH_TRUSTED_CLIENT_IP_HEADER = CLIENT_ADDRESS_HEADER
    DFS_WORKFLOW_CLIENT_ADDRESS_HEADER = DFS_MOU_CLIENT_ADDRESS_HEADER = (
        f"HTTP_{CLIENT_ADDRESS_HEADER.upper().replace('-', '_')}"
    )
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
MFA_TOTP_ISSUER = "DFS Security Knowledge Platform"
USERSESSIONS_TRACK_ACTIVITY = False
DFS_WORKFLOW_AFTER_JOINING = "mfa_index"
DFS_WORKFLOW_PERSONAL_DATA = ["dfs_site.accounts.personal"]
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# Languages: the six of the United Nations, English is the source.
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = WAGTAIL_I18N_ENABLED = True
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("zh-hans", _("Simplified Chinese")),
    ("ru", _("Russian")),
]
# Where menus and labels are translated to the end; elsewhere they are English and say so.
DFS_WORKFLOW_INTERFACE_LANGUAGES = ["en", "fr", "es", "ar", "zh-hans", "ru"]
# In which languages a reader is shown what is not translated: after their own these in turn, and English at last.
DFS_WORKFLOW_FALLBACKS: dict[str, list[str]] = {}
FORMAT_MODULE_PATH = ["dfs_site.formats"]
LOCALE_PATHS = [path for path in (PROJECT_DIR / "locale", SITE_DIR / "locale") if path.is_dir()]
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
DFS_TRANSLATION_SUBMIT_VIEW = "dfs_workflow_submit_translation"
DFS_TRANSLATION_LOCKED = "dfs_workflow.query.in_open_bundles"
DFS_TRANSLATION_PUBLIC = "dfs_workflow.query.public"
WAGTAILLOCALIZE_DISABLE_ONSITE_TRANSLATION_LINK = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Who runs the site and how to reach them, shown at the foot of every page.
DFS_OPERATOR = os.environ.get("OPERATOR", "")
# For how many days a browser keeps the public pages it has opened, to read them without a connection; 0 is never.
DFS_OFFLINE_DAYS = env.number("OFFLINE_DAYS", 30)
# Whether the nightly check of links also asks the sites of others.
DFS_PAGES_CHECK_OTHER_SITES = env.flag("CHECK_OTHER_SITES", default=False)

WAGTAIL_SITE_NAME = "DFS Security Knowledge Platform"
WAGTAIL_FINISH_WORKFLOW_ACTION = "dfs_workflow.finish.publish_reviewed_revision"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    (code, LANG_INFO[code]["name_local"].capitalize()) for code in DFS_WORKFLOW_INTERFACE_LANGUAGES
]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"},
    "readers": {"BACKEND": "dfs_pages.search.backend"},
}
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv", "odt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]

# Nothing is sent by comments on their own account, and none of their own addresses is mounted.
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_CONFIRM_EMAIL = True
COMMENTS_XTD_THREADED_EMAILS = False
COMMENTS_XTD_MAX_THREAD_LEVEL = 2  # of replies

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND") or "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 30
# Addresses whose mail server hands what arrives to `receive_mail`; empty: nobody can answer a mail.
DFS_WORKFLOW_REPLY_ADDRESS = os.environ.get("REPLY_ADDRESS", "")
DFS_WORKFLOW_BOUNCE_ADDRESS = os.environ.get("BOUNCE_ADDRESS", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("FROM_EMAIL") or f"platform@{ALLOWED_HOSTS[0].lstrip('.')}"

# Security
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=True)
# The proxy must set this header, whatever the client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_AGE = 14 * 86400
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"  # Wagtail itself allows its preview panel
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "worker-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
# Wagtail's admin and wagtail-localize's editor start with inline scripts and styles without a nonce.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "dfs_site.logs.HideSecrets"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": env.one_of("LOG_LEVEL", "WARNING", env.LOG_LEVELS)},
}
