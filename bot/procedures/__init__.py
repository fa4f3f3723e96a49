"""The catalogue: what each administrative procedure asks, costs, takes and gives; and finding one."""
