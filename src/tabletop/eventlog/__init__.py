"""The event log of one replication: its journal as CSV and as OCEL 2.0 JSON, for other programs."""
