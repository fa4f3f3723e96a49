"""What is measured, each bench by itself; `motcua bench` runs them. Nothing here runs in a test."""
