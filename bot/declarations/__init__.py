"""Declarations: reading what a citizen answers, one field at a time. Knows no Rasa and no database."""
