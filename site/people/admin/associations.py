"""The register of associations in the admin."""
