"""Facilitated exercises: acts, their log, the state computed from it, and adjudication by the model."""
