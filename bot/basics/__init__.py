"""What every room needs: errors, ids, the clock, settings, logs, wording and Vietnamese text."""
