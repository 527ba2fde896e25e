"""Consent texts and the log of looks at personal data in the admin."""
