# Purposes: what numbers are drawn for. A purpose's name in the keys of luck follows from its name here.

cpdef enum Purpose:
    THREAT_FORMATION
    THREAT_FORMATION_MARK
    THREAT_TRANSNATIONAL
    THREAT_VISIBILITY
    THREAT_PREPARATION
    THREAT_PROTECTION
    THREAT_SEVERITY
    THREAT_REFORM
    THREAT_REFORM_DELAY
    THREAT_TRACE
    THREAT_TRACE_MARK
    BACKGROUND_ARRIVAL
    BACKGROUND_MARK
    DETECTION_COLLECTION
    DETECTION_SHELF_LIFE
    DETECTION_ASSESSMENT
    DETECTION_LOOK
    DETECTION_LINKAGE
    DETECTION_HANDOVER
    REPORTING_REPORT
    REPORTING_SHELF_LIFE
    REPORTING_SCREENING
    REPORTING_LOOK
    INTERDICTION_REFERRAL
    INTERDICTION_PATIENCE
    INTERDICTION_INSPECTION
    INTERDICTION_LOOK
    INTERDICTION_CONTAINMENT
    INTERDICTION_INVESTIGATION
    INTERDICTION_SUCCESS
    INTERDICTION_CLEARING
    PROSECUTION_HANDOVER
    PROSECUTION_PREPARATION
    PROSECUTION_TRANSFER
    PROSECUTION_TRIAL
    PROSECUTION_VERDICT
    PROSECUTION_SENTENCE
    SHARING_JOINT
    SHARING_JOINT_COURT_USE
    # of each partner, whose name follows
    SHARING_SIGHTING
    SHARING_LATENCY
    SHARING_HANDLING
    SHARING_LOOK
    SHARING_TELLING
    SHARING_GIVING
    SHARING_COURT_USE

cdef enum:
    OF_A_PARTNER = 7  # so many purposes has each


cdef inline int with_partner(Purpose purpose, int partner) noexcept nogil:
    """The number of a purpose of the n-th partner."""
    return <int>purpose + OF_A_PARTNER * partner


def purpose_names(partners: tuple[str, ...]) -> list[str]:
    """The name of every purpose, by its number, with these partners."""
    names = [purpose.name.lower().replace("_", ".", 1) for purpose in Purpose]
    own, of_partners = names[:-OF_A_PARTNER], names[-OF_A_PARTNER:]
    return own + [f"{name}/{partner}" for partner in partners for name in of_partners]
