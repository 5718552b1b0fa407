"""A class on phones: pages for players and the controller, one writer, and a live channel."""
