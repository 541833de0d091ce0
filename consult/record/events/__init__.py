"""The vocabulary of the record: one class for each public act. A programmer adds a class in here and names it below.

A type is `thing.happened`. What each act means in the world is its docstring; what its members mean stands there too.
Members are only ever added, with a default, so that every entry stays readable; another meaning is another type.
"""

from consult.record.entry_form import Event
from consult.record.events.authorities import (
    AuthorityCreated,
    OfficialAppointed,
    OrganisationVerified,
)
from consult.record.events.consultations import (
    Cause,
    ConsultationAnnounced,
    ConsultationStageChanged,
    DebateAnnounced,
    DocumentPublished,
    PackFrozen,
    RecommendationHidden,
    RecommendationReceived,
    RecommendationShown,
    RecommendationWithdrawn,
    ResponsePublished,
    SessionAnnounced,
    Term,
    VersionPublished,
)
from consult.record.events.log import (
    BodyErased,
    KeyAdded,
    KeyRetired,
    LogContinued,
    QuorumChanged,
    WitnessAdded,
    WitnessRemoved,
)

__all__ = [
    "VOCABULARY",
    "AuthorityCreated",
    "BodyErased",
    "Cause",
    "ConsultationAnnounced",
    "ConsultationStageChanged",
    "DebateAnnounced",
    "DocumentPublished",
    "KeyAdded",
    "KeyRetired",
    "LogContinued",
    "OfficialAppointed",
    "OrganisationVerified",
    "PackFrozen",
    "QuorumChanged",
    "RecommendationHidden",
    "RecommendationReceived",
    "RecommendationShown",
    "RecommendationWithdrawn",
    "ResponsePublished",
    "SessionAnnounced",
    "Term",
    "VersionPublished",
    "WitnessAdded",
    "WitnessRemoved",
]

#: Every type of entry and its class.
VOCABULARY: dict[str, type[Event]] = {
    event.type: event
    for event in (
        AuthorityCreated,
        OfficialAppointed,
        OrganisationVerified,
        PackFrozen,
        ConsultationAnnounced,
        ConsultationStageChanged,
        DocumentPublished,
        VersionPublished,
        RecommendationReceived,
        RecommendationWithdrawn,
        ResponsePublished,
        DebateAnnounced,
        SessionAnnounced,
        RecommendationHidden,
        RecommendationShown,
        BodyErased,
        KeyAdded,
        KeyRetired,
        LogContinued,
        WitnessAdded,
        WitnessRemoved,
        QuorumChanged,
    )
}
