"""Importing a city's register in the admin."""
