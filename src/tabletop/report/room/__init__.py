"""The room's screen: what everybody sees at the projector, as HTML of 1280 × 720; no terminal, no HTTP."""
