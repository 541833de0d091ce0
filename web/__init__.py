"""The HTTP face of Consult: pages and forms, no rules."""
