"""The doors: each turns what its platform sends into `Inbound`, and `Outgoing` into what it can show."""
