"""Django's settings: loopback only, strict, and everything in one private folder."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rescind.core.errors import BadInput
from rescind.settings import (
    data_folder,
    database_url,
    languages,
    private_folder,
    public_address,
    write_private,
)

HOME = data_folder()


def _secret(path: Path) -> str:
    """Return the signing key, made at first use and readable by the user alone."""
    if not path.exists():
        with suppress(FileExistsError):  # another first start was faster
            write_private(path, secrets.token_urlsafe(50).encode(), is_new=True)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < LEAST_KEY:
        message = f"{path} holds no whole key: it was cut off"
        raise BadInput("secret-key", message, [f"delete {path}: a new one is made"])
    return key


LEAST_KEY = 40
"""Characters of a key that was written whole."""


def _database(url: str | None, folder: Path) -> dict[str, object]:
    """Return Django's entry for SQLite by default, or for a PostgreSQL address."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "rescind.sqlite3"),
            "OPTIONS": {
                # a deferred one that reads first fails at its first write, at once
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what was committed outlives a loss of power, at the price of a
                # flush for each commit; a dispatch is recorded before it is sent
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadInput(
            "RESCIND_DATABASE_URL",
            f"{parts.scheme or 'that'} is no database that can be used",
            ["postgresql://user:password@host:5432/name"],
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        # a connection that the server dropped, by a restart, is made anew before use
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 10,
            "application_name": f"rescind {os.getpid()}",
            # SQLite's patience: a lock is waited for, and then it is said who has it
            "options": "-c lock_timeout=20s",
        },
    }


def _public_host(address: str | None) -> str | None:
    """Return the host of the address that a proxy offers; raises BadInput for none."""
    if address is None:
        return None
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise BadInput(
            "RESCIND_ADDRESS",
            f"{address!r} is no address of a whole host",
            ["https://rescind.example.org"],
        )
    return parts.hostname


os.umask(0o077)
private_folder()
SECRET_KEY = _secret(HOME / "secret-key")
DEBUG = False
PUBLIC = public_address()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
if public_host := _public_host(PUBLIC):
    ALLOWED_HOSTS.append(public_host)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = (PUBLIC or "").startswith("https:")
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "rescind.store",
    "rescind.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "rescind.web.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rescind.web.middleware.own_zone",
    "rescind.web.middleware.named_errors",
]
ROOT_URLCONF = "rescind.web.urls"
WSGI_APPLICATION = "rescind.web.wsgi.application"
DATABASES = {"default": _database(database_url(), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
STATIC_URL = "static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [(code, code) for code in languages()]
RESCIND_WORDS = "rescind.adapters.data.words.ENGLISH"
RESCIND_ZONE_OF = "rescind.adapters.data.countries.zone_of_purchase"
"""What says in words why something cannot be written (``ports.Speaker``)."""
USE_I18N = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "rescind.web.views.errors.csrf_failure"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "nothing": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING"},
        # a wrong host is answered with 400; its text is not ours to print
        "django.security.DisallowedHost": {"handlers": ["nothing"], "propagate": False},
        # it says so whenever a request waits for a thread: that is what they are for
        "waitress.queue": {"handlers": ["nothing"], "propagate": False},
    },
}
