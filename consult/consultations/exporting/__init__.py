"""A published text to take along: for word processors, for paper, for programs. Pure: an edition in, bytes out."""
