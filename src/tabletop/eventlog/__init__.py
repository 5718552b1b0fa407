"""The event log of one replication: its journal for other programs, as CSV and as OCEL 2.0 JSON."""
