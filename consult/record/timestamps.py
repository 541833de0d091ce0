"""Time stamps (RFC 3161): a stranger's word, under their signature, that a digest existed at an instant.

An authority of time stamps signs a hash and its own clock; it neither sees nor judges what was hashed. What is kept is
its whole answer, as `openssl ts -verify -data digests/<day> -in timestamps/<day>.tsr` reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates
from cryptography.x509.oid import NameOID
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from consult.i18n import N_
from consult.record.faults import Fault

#: Chains of certificates and all, answers have a few thousand bytes.
MAX_ANSWER_SIZE = 100_000


@dataclass(frozen=True)
class Timestamp:
    """When something existed at the latest, and who says so."""

    at: datetime
    by: str


def ask_for(data: bytes) -> TimeStampRequest:
    """Return the question for a time stamp over some bytes, with a random number that the answer must repeat."""
    return TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()


def read_roots(pem: bytes) -> list[Certificate]:
    """Read the certificates of authorities of time stamps."""
    try:
        return load_pem_x509_certificates(pem)
    except ValueError:
        raise Fault(N_("There is no certificate in this file (PEM).")) from None


def read_timestamp(answer: bytes, data: bytes) -> Timestamp:
    """Return what a time stamp says; a fault unless it is one, over exactly these bytes.

    Whether its signature is that of an authority to be believed, only those can check who know its certificates
    (`verify_timestamp`).
    """
    read = _decode(answer)
    said = read.tst_info
    if said.message_imprint.message != sha256(data).digest():
        raise Fault(N_("The time stamp is not over this file."))
    return Timestamp(said.gen_time, _name_of(read))


def verify_timestamp(
    answer: bytes, data: bytes, roots: Sequence[Certificate], *, request: TimeStampRequest | None = None
) -> Timestamp:
    """Return what a time stamp says; a fault unless one of these authorities vouches for its signer.

    `request`: the question to which it must be the answer, for whoever asked.
    """
    builder = VerifierBuilder.from_request(request) if request else VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    read = _decode(answer)
    try:
        builder.build().verify_message(read, data)
    except (VerificationError, ValueError) as problem:
        raise Fault(N_("The time stamp does not hold (%(problem)s)."), problem=str(problem)) from None
    return read_timestamp(answer, data)


def _decode(answer: bytes) -> TimeStampResponse:
    try:
        read = decode_timestamp_response(answer)
        if read.status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
            raise Fault(N_("No time stamp was granted."))
        # The library reads its parts when they are asked for, and refuses them then.
        read.tst_info.message_imprint, read.signed_data.certificates  # noqa: B018 - as above
    except ValueError:
        raise Fault(N_("This is not a time stamp (RFC 3161) in the strict form (DER).")) from None
    return read


def _name_of(read: TimeStampResponse) -> str:
    """Return the name of the signer, from the certificate that lies in the answer; empty where none does."""
    signers = {(signer.issuer, signer.serial_number) for signer in read.signed_data.signer_infos}
    certificates = map(load_der_x509_certificate, read.signed_data.certificates)
    signing = [each for each in certificates if (each.issuer, each.serial_number) in signers]
    names = [name for each in signing for name in each.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    return str(names[0].value) if names else ""
