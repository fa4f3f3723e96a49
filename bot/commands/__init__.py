"""The commands of `motcua`, one file each; `bot/cli.py` loads the one that is asked for."""
