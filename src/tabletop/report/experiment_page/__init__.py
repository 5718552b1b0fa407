"""The page of an experiment: question, verdict grid, headline figure and sentences, then the folds."""
