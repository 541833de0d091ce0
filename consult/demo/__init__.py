"""A town to try the service on: invented, lived in, and loaded through the same actions that people use."""
