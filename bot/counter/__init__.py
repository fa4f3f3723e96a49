"""The counter: everything a citizen or an officer can have done here, one use case a file."""
