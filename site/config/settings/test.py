"""Tests: SQLite in a file (threads need real connections), or PostgreSQL by `TEST_DATABASE_URL`."""

from pathlib import Path
from tempfile import gettempdir

from config import env
from config.settings.base import *  # noqa: F403  settings modules are built by extension

SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SCRATCH = Path(gettempdir()) / "turgyndar-tests"
SCRATCH.mkdir(exist_ok=True)
DATABASES = {"default": env.database(SCRATCH / "unused.sqlite3", url=env.text("TEST_DATABASE_URL"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "test.sqlite3"}
else:
    DATABASES["default"]["OPTIONS"].pop("pool")  # the test database is dropped: pooled connections would hold it

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrf"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = SCRATCH / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
