"""Finds the procedure that somebody means, in their own words."""

from bot.procedures.find.finder import Finder, Found

__all__ = ["Finder", "Found"]
