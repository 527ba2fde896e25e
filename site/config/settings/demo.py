"""One command on one machine: `uv run manage.py demo`. Never a real installation."""

from config import env
from config.settings.base import *  # noqa: F403  settings modules are built by extension
from config.settings.base import DEMO_DIR

DEMO = True
SECRET_KEY = "demo-only: the command refuses to run on a database that is not its own"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DATABASES = {"default": env.database(DEMO_DIR / "db.sqlite3", url=env.text("DEMO_DATABASE_URL"))}
MEDIA_ROOT = DEMO_DIR / "media"
SECOND_FACTOR_EXEMPT_DOMAIN = "demo.example"

# Plain HTTP on loopback: browsers drop Secure and __Host- cookies there.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrf"

# Mail is written to files; /demo/mail/ shows them.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Files straight from `static/`: no collectstatic before the first look.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DEMO_DIR / "private"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# The screen shows what matters: errors, not every request.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"django.server": {"level": "ERROR"}, "django.request": {"level": "ERROR"}},
}
