"""Commands run beside the project's files, as a person would run them."""
