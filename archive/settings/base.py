"""Settings shared by every environment. Everything a host may want to change is an `ARCHIVE_*` variable."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from archive.settings import environment
from archive.settings.search import haystack_connections
from archive.settings.secret import kept_secret

ROOT = Path(__file__).resolve().parents[2]

# Where the database, the index and the curator's password live: DATA_DIR, as in `make run DATA_DIR=...`.
DATA_DIR = environment.path("ARCHIVE_DATA_DIR", ROOT / "var")


SECRET_KEY = environment.text("ARCHIVE_SECRET_KEY", "") or kept_secret(DATA_DIR / "secret_key")
DEBUG = False
ALLOWED_HOSTS = environment.words("ARCHIVE_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("ARCHIVE_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "archive.apps.SignInAttempts",
    "simple_history",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "articles",  # before haystack: our rebuild_index takes the place of its own
    "haystack",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "archive.packed_pages.PackedPagesMiddleware",  # before all that writes pages: it packs what they wrote
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "articles.views.readers_only.ReadersOnlyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "articles.views.private_pages.PrivatePagesMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # tells the history of an outlet who changed it
    "axes.middleware.AxesMiddleware",  # last: it puts its own answer in the place of the sign-in page's
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
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

# SQLite: WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start of a
# transaction, so that two writers wait for each other instead of failing half-way; 60 s is the wait.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATA_DIR / 'archive.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

HAYSTACK_CONNECTIONS = haystack_connections(
    environment.text("ARCHIVE_SEARCH_URL", "whoosh://index"), data_dir=DATA_DIR
)
# One kind of document is indexed, and the narrowing to known models costs a full search each time.
HAYSTACK_LIMIT_TO_REGISTERED_MODELS = False

LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it stops whoever guessed too often
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# A pause for whoever guesses passwords, counted in the database, so that all processes know of it. Five tries are
# enough for a person who mistypes; with ten minutes' pause behind them a guesser has 720 a day. It is the pair of
# name and address that pauses: else anybody could shut the curator out, or one person a whole reading room.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time to wait that a person was told stays true
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is nobody's business
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "articles.views.accounts.pause"
AXES_CLIENT_IP_CALLABLE = "articles.views.accounts.address_of"

# The history of an outlet shows what it was; to go back, a curator edits the outlet, which is kept as well.
SIMPLE_HISTORY_REVERT_DISABLED = True

# Where work in the background is done. "beside": in a process that the archive starts for it, nothing to set up.
# "database": by `manage.py db_worker`, which a host keeps running.
TASKS = {
    "default": {
        "BACKEND": environment.one_of(
            "ARCHIVE_TASKS",
            {
                "beside": "articles.ingest.beside.ProcessBackend",
                "database": "django_tasks_db.DatabaseBackend",
            },
        )
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has a use for the archive's scripts and typeface
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "archive.static_files.PublishedFiles"},
}

# Nothing is loaded from elsewhere, and nothing inline: no script or style of a scraped page can run.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"

# The archive's own settings.
ARCHIVE_NAME = environment.text("ARCHIVE_NAME", "Dateline")
# Behind a proxy that speaks TLS with the readers, and tells in X-Forwarded-* how and from where they came.
ARCHIVE_HTTPS = environment.switch("ARCHIVE_HTTPS", default=False)
ARCHIVE_READERS_SIGN_IN = environment.switch("ARCHIVE_READERS_SIGN_IN", default=False)
ARCHIVE_ACCOUNTS = environment.one_of("ARCHIVE_ACCOUNTS", {"curator": "curator", "all": "all"})
ARCHIVE_AUTHORITY_DIRS = [
    Path(folder).expanduser()
    for folder in environment.words("ARCHIVE_AUTHORITY_DIRS", str(ROOT / "fixtures" / "authority"))
]
ARCHIVE_MODEL = environment.text("ARCHIVE_MODEL", "")  # empty: the packaged model
ARCHIVE_PAGE_LIMIT = environment.number("ARCHIVE_PAGE_LIMIT", 10 * 1024 * 1024)  # bytes of one page
ARCHIVE_UPLOAD_LIMIT = environment.number("ARCHIVE_UPLOAD_LIMIT", 1024 * 1024 * 1024)  # bytes of one upload
# A folder dropped on the upload page has many files; a browser with scripts sends fewer at a time.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
# Pasted text comes as a field of the form, and may be as long as a page.
DATA_UPLOAD_MAX_MEMORY_SIZE = ARCHIVE_PAGE_LIMIT + 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"articles": {"level": "INFO"}},
}
