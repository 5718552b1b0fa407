"""The signs of the pillars, as paths on a square of 24: on cards, slides and screens the same."""

SIGNS = {
    "detection": "M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0M15.2 15.2L21 21",
    "reporting": "M3 4H21V16H11L6 21V16H3Z",
    "interdiction": "M12 2.5L20 5.5V11.5C20 16.5 16.5 20 12 21.8C7.5 20 4 16.5 4 11.5V5.5Z",
    "prosecution": "M12 3V21M7 21H17M4.5 6.5H19.5M4.5 6.5L1.5 14H7.5ZM19.5 6.5L16.5 14H22.5Z",
    "sharing": "M2 12a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M12 12a5 5 0 1 0 10 0a5 5 0 1 0 -10 0",
}
"""By pillar: a lens, speech, a shield, scales and two rings, each a path that is drawn as a line.

A line 2 wide, with round ends, is what they are made for; nothing is filled.
"""
