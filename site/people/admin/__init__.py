"""The Wagtail admin of the app: one module a subject, loaded by `people.wagtail_hooks`."""
