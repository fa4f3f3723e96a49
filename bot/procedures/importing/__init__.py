"""Reads the national portal's export into the catalogue: run-together tables become facets."""

from bot.procedures.importing.run import Report, import_export

__all__ = ["Report", "import_export"]
