"""The statistics: estimates, contrasts and verdicts from tables of outcomes; nothing here simulates."""
