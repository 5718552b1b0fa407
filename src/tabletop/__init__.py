"""A scenario-based tabletop exercise simulator: it compares abstract policy mixes, and predicts nothing."""
