"""The witness program: what it signs, what it refuses, and what it never forgets."""
