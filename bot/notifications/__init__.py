"""Telling citizens: what a send that failed means, and what is told when a dossier moves."""
