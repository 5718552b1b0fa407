"""The five pillars of a policy: each its levers, its conditions and its processes."""
