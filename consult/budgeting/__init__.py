"""Participatory budgeting: people propose what a part of the public money is spent on, and decide it by vote."""
