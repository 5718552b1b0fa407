"""Whether an exercise can teach: what each card alone shows to a class, and when."""
