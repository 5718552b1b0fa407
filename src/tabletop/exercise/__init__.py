"""A facilitated exercise: acts, their log, the state that is their fold, and what the model makes of it."""
