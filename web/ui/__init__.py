"""The components of every page: one macro file each, the words they say, the authority's colours, and a gallery."""
