"""The version of the package, and of the model."""

__version__ = "0.1.0"

MODEL_VERSION = "3"
"""Changes whenever the same scenario, mix, seed and replication may give other numbers."""
