"""Rasa graph components, named by their job in config.yml."""
