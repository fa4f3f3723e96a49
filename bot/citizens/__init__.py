"""Citizens: whose conversation it is, what was talked about, what may be kept."""
