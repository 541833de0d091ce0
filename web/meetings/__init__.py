"""Meetings as people find them: when and where, who speaks, what was said, and how each member voted."""
