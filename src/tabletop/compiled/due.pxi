# What can be due: each names who it happens to. Where a process of the model waits, it goes on with one of these.

cdef enum Due:
    DUE_SCRIPT  # a scripted change: Python's
    DUE_SERIES  # the end of a stretch of the series
    DUE_EXPIRY  # a pool: a ticket may lapse
    DUE_FORMATION  # a walk: a candidate plot comes by
    DUE_TRACE  # a walk: a candidate trace of an attempt
    DUE_BENIGN  # a walk: a candidate benign trace
    DUE_MATURITY  # an attempt
    DUE_NEXT_ATTEMPT  # an attempt, whose plot forms again
    DUE_ANALYST  # a trace
    DUE_ASSESSED  # a trace
    DUE_SCREENER  # a trace
    DUE_SCREENED  # a trace
    DUE_OFFICER  # a trace
    DUE_INSPECTED  # a trace
    DUE_ARRIVED  # a partner's item, which is a trace
    DUE_LIAISON_IN  # a partner's item
    DUE_HANDLED  # a partner's item
    DUE_LIAISON_OUT  # an item for a partner
    DUE_GIVEN  # an item for a partner
    DUE_HANDED_OVER  # a case
    DUE_TEAM  # a case
    DUE_INVESTIGATED  # a case
    DUE_CHARGE_HANDED_OVER  # a proceeding
    DUE_PROSECUTOR  # a proceeding
    DUE_PREPARED  # a proceeding
    DUE_TRANSFERRED  # a proceeding
    DUE_COURT  # a proceeding
    DUE_TRIED  # a proceeding
    DUE_LIMIT  # a proceeding


cdef int happen(World *world, Due what, int32_t who) except -1 nogil:
    """What is due happens."""
    if what == DUE_BENIGN:
        return background_walk_on(world, walk_at(world, who))
    elif what == DUE_ANALYST:
        return detection_assess_served(world, trace_at(world, who))
    elif what == DUE_ASSESSED:
        return detection_assess_done(world, trace_at(world, who))
    elif what == DUE_EXPIRY:
        return expire(world, &world.pools[who])
    elif what == DUE_SERIES:
        return note_series(world)
    elif what == DUE_FORMATION:
        return threat_walk_on(world, walk_at(world, who))
    elif what == DUE_TRACE:
        return trail_walk_on(world, walk_at(world, who))
    elif what == DUE_MATURITY:
        return threat_mature_due(world, attempt_at(world, who))
    elif what == DUE_NEXT_ATTEMPT:
        return threat_form_again_due(world, attempt_at(world, who))
    elif what == DUE_SCREENER:
        return reporting_screen_served(world, trace_at(world, who))
    elif what == DUE_SCREENED:
        return reporting_screen_done(world, trace_at(world, who))
    elif what == DUE_OFFICER:
        return border_inspect_served(world, trace_at(world, who))
    elif what == DUE_INSPECTED:
        return border_inspect_done(world, trace_at(world, who))
    elif what == DUE_ARRIVED:
        return sharing_get_arrived(world, trace_at(world, who))
    elif what == DUE_LIAISON_IN:
        return sharing_get_served(world, trace_at(world, who))
    elif what == DUE_HANDLED:
        return sharing_get_done(world, trace_at(world, who))
    elif what == DUE_LIAISON_OUT:
        return sharing_give_served(world, gift_at(world, who))
    elif what == DUE_GIVEN:
        return sharing_give_done(world, gift_at(world, who))
    elif what == DUE_HANDED_OVER:
        return detection_hand_over_done(world, case_at(world, who))
    elif what == DUE_TEAM:
        return interdiction_investigate_served(world, case_at(world, who))
    elif what == DUE_INVESTIGATED:
        return interdiction_investigate_done(world, case_at(world, who))
    elif what == DUE_CHARGE_HANDED_OVER:
        return prosecution_proceed_handed_over(world, proceeding_at(world, who))
    elif what == DUE_PROSECUTOR:
        return prosecution_proceed_prosecutor(world, proceeding_at(world, who))
    elif what == DUE_PREPARED:
        return prosecution_proceed_prepared(world, proceeding_at(world, who))
    elif what == DUE_TRANSFERRED:
        return prosecution_proceed_transferred(world, proceeding_at(world, who))
    elif what == DUE_COURT:
        return prosecution_proceed_court(world, proceeding_at(world, who))
    elif what == DUE_TRIED:
        return prosecution_proceed_tried(world, proceeding_at(world, who))
    elif what == DUE_LIMIT:
        return prosecution_watch_limit_due(world, proceeding_at(world, who))
    return 0


cdef int is_refused(World *world, Due what, int32_t who) except -1 nogil:
    """Who waited for staff has lapsed or is withdrawn."""
    if what == DUE_ANALYST:
        return detection_assess_lapsed(world, trace_at(world, who))
    elif what == DUE_SCREENER:
        return reporting_screen_lapsed(world, trace_at(world, who))
    elif what == DUE_OFFICER:
        return border_inspect_lapsed(world, trace_at(world, who))
    elif what == DUE_TEAM:
        return interdiction_investigate_withdrawn(world, case_at(world, who))
    elif what == DUE_PROSECUTOR or what == DUE_COURT:
        return prosecution_proceed_withdrawn(world, proceeding_at(world, who))
    return 0
