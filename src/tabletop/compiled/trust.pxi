# Trust: what moves it, as in `trust.py`.

cdef struct TrustConditions:
    double base
    double engagement_gain
    double surveillance_strain
    double protection_strain
    double data_strain
    double relaxation
    double loss
    double incident_loss
    double cleared_loss
    double refusal_loss
    double gain


cdef int trust_adopt(World *world) except -1 nogil:
    """From now on trust tends to what the policy's presence makes of it."""
    cdef double level = trust_level(world)
    tend(&world.trust, world.now, level, world.conditions.trust.relaxation)
    return note(world, STEP_TRUST_TENDS, 0, level)


cdef double trust_level(const World *world) noexcept nogil:
    """The level that trust tends to: engagement raises it, what watches the public lowers it."""
    cdef const TrustConditions *conditions = &world.conditions.trust
    cdef const Levers *levers = &world.levers
    cdef double data = (levers.detection.linkage + levers.detection.real_time_link + levers.sharing.openness) / 3
    return clipped(
        conditions.base
        + conditions.engagement_gain * levers.reporting.engagement
        - conditions.surveillance_strain * levers.detection.collection
        - conditions.protection_strain * levers.interdiction.protection
        - conditions.data_strain * data
    )


cdef int trust_wronged(World *world) except -1 nogil:
    """A wrongful intervention happened."""
    return trust_scale(world, 1 - world.conditions.trust.loss)


cdef int trust_refused(World *world) except -1 nogil:
    """An innocent was refused at the border."""
    return trust_scale(world, 1 - world.conditions.trust.refusal_loss)


cdef int trust_shaken(World *world) except -1 nogil:
    """An incident happened."""
    return trust_scale(world, 1 - world.conditions.trust.incident_loss)


cdef int trust_troubled(World *world, double care) except -1 nogil:
    """A benign subject was investigated with so much care, and cleared."""
    return trust_scale(world, 1 - world.conditions.trust.cleared_loss * (1 - care))


cdef int trust_vindicated(World *world, double safeguards) except -1 nogil:
    """An innocent was acquitted, under such safeguards."""
    cdef double gain = world.conditions.trust.gain * safeguards, trust
    if gain == 0:
        return 0
    trust = level_at(&world.trust, world.now)
    return trust_jump(world, trust + gain * (1 - trust))


cdef int trust_scale(World *world, double factor) except -1 nogil:
    if factor == 1:
        return 0
    return trust_jump(world, level_at(&world.trust, world.now) * factor)


cdef int trust_jump(World *world, double level) except -1 nogil:
    level = clipped(level)
    rebase(&world.trust, world.now, level)
    return note(world, STEP_TRUST_JUMPED, 0, level)


cdef inline double clipped(double level) noexcept nogil:
    return 0.0 if level <= 0 else 1.0 if level >= 1 else level
