"""Consultations as people meet them: reading a draft, proposing a change, following the answer."""
