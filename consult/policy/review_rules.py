"""What the projects of a participatory budget are reviewed by, as data of its rule pack: one thing to look at each."""

from enum import StrEnum

from consult.policy.words import Bilingual, Part, Slug


class ReviewKind(StrEnum):
    """What a review looks at: whether the rules let the project in, or whether it can be done and for how much."""

    FORMAL = "formal"
    TECHNICAL = "technical"


class Criterion(Part, frozen=True, kw_only=True):
    """Something that must hold of every project. `words`: a sentence that is true of one that passes."""

    id: Slug
    review: ReviewKind
    words: Bilingual


class Met(StrEnum):
    """What a review found of one criterion."""

    YES = "yes"
    NO = "no"
    NOT_CONCERNED = "not_concerned"
    """It has nothing to say of this project, or it is not for this department to say."""
