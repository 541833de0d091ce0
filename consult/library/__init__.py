"""The library: what an authority publishes to be looked up for years. For now its budgets, as figures."""
