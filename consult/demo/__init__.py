"""The demonstration: a fictional town with half a year of consultations, played through the real actions."""
