"""The whole service as people meet it: one story from end to end, and then every page of the house."""
