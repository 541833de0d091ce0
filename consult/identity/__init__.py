"""Who takes part: people, organisations, authorities and their officials; how they prove it, and what each may do."""
