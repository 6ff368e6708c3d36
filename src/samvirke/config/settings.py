"""Django's settings. One file; every value that may differ between places comes from the environment."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from samvirke.config import environment, keys
from samvirke.exchange.uploads.types import LARGEST
from samvirke.surfaces.commands import postgres

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("SAMVIRKE_HOME", "var")).resolve()
KEYS = (
    keys.read(Path(os.environ["SAMVIRKE_KEYS"]))
    if "SAMVIRKE_KEYS" in os.environ
    else keys.read_or_make(HOME / "keys.json")
)

ANCHORS = environment.path("SAMVIRKE_ANCHORS")

SECRET_KEY = base64.b64encode(KEYS.session).decode()
DEBUG = environment.flag("SAMVIRKE_DEBUG", default=False)
ALLOWED_HOSTS = environment.words("SAMVIRKE_HOSTS", default=["127.0.0.1", "localhost", "testserver"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "samvirke.events",
    "samvirke.gate",
    "samvirke.jobs",
    "samvirke.accounts",
    "samvirke.agencies",
    "samvirke.people",
    "samvirke.agreements",
    "samvirke.programmes",
    "samvirke.interventions",
    "samvirke.assessments",
    "samvirke.plan",
    "samvirke.coordination",
    "samvirke.applications",
    "samvirke.exchange",
    "samvirke.surfaces",
]

MIDDLEWARE = [
    "samvirke.surfaces.running.health.Health",
    "samvirke.surfaces.running.requests.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samvirke.surfaces.safety.SafetyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samvirke.surfaces.actor.ActorMiddleware",
    "samvirke.surfaces.languages.LanguageMiddleware",
]

ROOT_URLCONF = "samvirke.config.urls"
WSGI_APPLICATION = "samvirke.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/"
DEMO_SIGN_IN = postgres.demonstrates()  # invented people only: anybody may pick whom to be


def _database(role: str) -> dict[str, object]:
    """One connection of one role to the same database."""
    place = postgres.connection(role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": place.host,
        "PORT": place.port,
        "NAME": place.name,
        "USER": place.user,
        "PASSWORD": place.password,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},  # planning costs more than running
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,  # one transaction round the whole request is the actor middleware's work
    }


DATABASES = {
    "default": _database("app"),
    "accounts": _database("accounts"),
    "owner": _database("owner"),
}
DATABASE_ROUTERS = ["samvirke.config.routing.TwoConnections"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "samvirke.surfaces.actor.viewer",
            ],
        },
    }
]

FORM_RENDERER = "samvirke.surfaces.components.widgets.Widgets"

LANGUAGE_CODE = "nb"
LANGUAGES = [  # each by its own name; surfaces.languages says where a page is complete in it
    ("nb", "Norsk"),
    ("nn", "Nynorsk"),
    ("se", "Davvisámegiella"),
    ("da", "Dansk"),
    ("sv", "Svenska"),
    ("en", "English"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_I18N = True

NODE_MODULES = Path(os.environ.get("SAMVIRKE_NODE_MODULES", PACKAGE.parent.parent / "node_modules"))
STATIC_URL = "static/"
STATICFILES_DIRS = [
    ("designsystemet/css", NODE_MODULES / "@digdir/designsystemet-css/dist"),
    ("designsystemet/theme", NODE_MODULES / "@digdir/designsystemet-theme/src/themes"),
    ("htmx", NODE_MODULES / "htmx.org/dist"),
    ("designsystemet/web", NODE_MODULES / "@digdir/designsystemet-web/dist/umd"),
    ("report", PACKAGE / "report" / "static"),
]
WHITENOISE_USE_FINDERS = True

# A file that is sent stays in memory until it is sealed: it never lies on a disk in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = (
    LARGEST + 64 * 1024
)  # what else the form says; a larger request's file is passed over

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = environment.flag("SAMVIRKE_HTTPS", default=False)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
if SESSION_COOKIE_SECURE:  # encryption ends at the server in front, which must set or remove this header
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_AGE = 60 * 60 * 10
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
