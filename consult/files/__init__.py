"""Uploaded files: is it what it says, is it safe to keep, and where its bytes lie."""

from consult.files.blobs import Blob, BlobMissing, KeptFile, keep, open_blob, put, remove
from consult.files.uploads import CheckedFile, UploadRefused, check_upload

__all__ = [
    "Blob",
    "BlobMissing",
    "CheckedFile",
    "KeptFile",
    "UploadRefused",
    "check_upload",
    "keep",
    "open_blob",
    "put",
    "remove",
]
