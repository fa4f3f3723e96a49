"""Dossiers: their codes, states and the moves between them, and when they are due."""
