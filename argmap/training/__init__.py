"""Recipes that make the models of ``models/`` from research sets. Only the CLI imports it."""
