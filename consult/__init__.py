"""Consult: the rules of public consultation, with no HTTP and no HTML."""
