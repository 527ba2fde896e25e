"""Figures about associations, by office."""
