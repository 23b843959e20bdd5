"""The parent's half of serving: the gateway process and its restarts, the sites, what becomes of each run's records."""
