"""Claims and memberships in the admin."""
