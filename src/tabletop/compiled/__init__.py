"""The compiled engine: the same model as one event loop, equal to it event by event, many times faster."""
