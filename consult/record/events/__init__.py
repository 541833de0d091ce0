"""The vocabulary of the record: one class for each public act. A programmer adds a class in here and names it below.

A type is `thing.happened`. What each act means in the world is its docstring; what its members mean stands there too.
Members are only ever added, with a default, so that every entry stays readable; another meaning is another type.
"""

from consult.record.entry_form import Event
from consult.record.events.authorities import (
    AuthorityCreated,
    LocalRuleSet,
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
from consult.record.events.meetings import (
    AgendaPoint,
    DebateRequestAnswered,
    DebateRequested,
    ItemDecided,
    MeetingAnnounced,
    MeetingCancelled,
    MeetingEnded,
    MeetingMoved,
    MinutesPublished,
    RecordingLinked,
)

__all__ = [
    "VOCABULARY",
    "AgendaPoint",
    "AuthorityCreated",
    "BodyErased",
    "Cause",
    "ConsultationAnnounced",
    "ConsultationStageChanged",
    "DebateAnnounced",
    "DebateRequestAnswered",
    "DebateRequested",
    "DocumentPublished",
    "ItemDecided",
    "KeyAdded",
    "KeyRetired",
    "LocalRuleSet",
    "LogContinued",
    "MeetingAnnounced",
    "MeetingCancelled",
    "MeetingEnded",
    "MeetingMoved",
    "MinutesPublished",
    "OfficialAppointed",
    "OrganisationVerified",
    "PackFrozen",
    "QuorumChanged",
    "RecommendationHidden",
    "RecommendationReceived",
    "RecommendationShown",
    "RecommendationWithdrawn",
    "RecordingLinked",
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
        LocalRuleSet,
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
        DebateRequested,
        DebateRequestAnswered,
        MeetingAnnounced,
        MeetingMoved,
        MeetingCancelled,
        MeetingEnded,
        MinutesPublished,
        RecordingLinked,
        ItemDecided,
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
