"""On what grounds the law has a text erased, and when it does not although somebody asks: GDPR, art. 17."""

from enum import StrEnum

from consult.i18n import N_


class ErasureGround(StrEnum):
    """Why a text must go, by the point of Regulation (EU) 2016/679, art. 17(1), as the record says it for ever."""

    NOT_NEEDED = "gdpr-17-1-a"
    CONSENT_WITHDRAWN = "gdpr-17-1-b"
    OBJECTION = "gdpr-17-1-c"
    UNLAWFULLY_PROCESSED = "gdpr-17-1-d"
    LEGAL_DUTY = "gdpr-17-1-e"
    COLLECTED_FROM_A_CHILD = "gdpr-17-1-f"
    #: Not somebody's data but what may not be published at all; the decision names the law that it breaks.
    UNLAWFUL_CONTENT = "unlawful-content"


#: Each ground as people read it.
GROUNDS = {
    ErasureGround.NOT_NEEDED: N_("The data is no longer needed for what it was collected for (GDPR, art. 17(1)(a))"),
    ErasureGround.CONSENT_WITHDRAWN: N_(
        "Consent was withdrawn and nothing else allows it to be kept (GDPR, art. 17(1)(b))"
    ),
    ErasureGround.OBJECTION: N_("The person objects and no stronger reason stands against it (GDPR, art. 17(1)(c))"),
    ErasureGround.UNLAWFULLY_PROCESSED: N_(
        "The data should not have been published or kept at all (GDPR, art. 17(1)(d))"
    ),
    ErasureGround.LEGAL_DUTY: N_("A law orders that it be erased (GDPR, art. 17(1)(e))"),
    ErasureGround.COLLECTED_FROM_A_CHILD: N_("It was collected from a child (GDPR, art. 17(1)(f))"),
    ErasureGround.UNLAWFUL_CONTENT: N_("The content is unlawful; the decision names the law"),
}

#: When a request is refused although one of the grounds holds (art. 17(3)).
EXCEPTIONS = (
    N_("it is needed for the freedom of expression and information (a);"),
    N_(
        "a law obliges us to keep it, or it is a task in the public interest (b): so the law orders the register of "
        "proposals and their publication (Law 52/2003, art. 7(5) and 7(10)(d));"
    ),
    N_("public health (c);"),
    N_("archiving in the public interest, research or statistics, which erasing would seriously impair (d);"),
    N_("it is needed to establish, exercise or defend a claim in court (e)."),
)


def ground_in_words(ground: str) -> str:
    """Return how a ground is said, to be translated; as it stands where this program does not know it."""
    return GROUNDS[ErasureGround(ground)] if ground in set(ErasureGround) else ground
