"""Rasa inside our own process: one message, one transaction."""
