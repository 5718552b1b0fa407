"""Search: mixes within the budget, screened on common luck and judged on fresh."""
