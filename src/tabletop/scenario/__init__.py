"""Scenario files: their data, loading, checks, schema and explanation."""
