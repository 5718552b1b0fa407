"""Foreign lists: events lists as planners write them, with their own headings, times and names."""
