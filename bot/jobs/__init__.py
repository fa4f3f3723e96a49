"""Work in the background: sending what is in the outbox, fetching files, tidying up."""
