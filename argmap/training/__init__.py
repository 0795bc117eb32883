"""Recipes that make the models of ``models/`` from public research sets. Imported only by the CLI."""
