"""Pages: one file each, with its routes."""
