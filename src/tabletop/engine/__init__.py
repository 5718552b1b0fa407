"""The engine: random numbers, clock, queues, staff and stocks; nothing here knows of policies."""
