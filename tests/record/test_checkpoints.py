"""Checkpoints are those of C2SP tlog-checkpoint, read strictly."""

import pytest

from consult.record.checkpoints import Checkpoint, open_checkpoint
from consult.record.faults import Fault
from consult.record.merkle import EMPTY_ROOT
from tests.record.logs import KEY, ORIGIN

ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


def test_a_checkpoint_has_the_text_of_the_standard() -> None:
    checkpoint = Checkpoint(ORIGIN, 0, EMPTY_ROOT)

    assert checkpoint.text == f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert open_checkpoint(KEY.sign(checkpoint.text), [KEY.verifying]) == (checkpoint, [KEY.verifying])


def test_lines_of_others_after_the_root_are_passed_over() -> None:
    assert Checkpoint.parse(f"example.com/behind-the-sofa\n20852163\n{ROOT}\nmore\n").size == 20852163


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"a\n5\n{ROOT}\n\nmore\n", "on a line"),
        ("a\n5\n", "on a line"),
        (f"\n5\n{ROOT}\n", "on a line"),
        (f"a\n05\n{ROOT}\n", "decimal"),
        (f"a\n-1\n{ROOT}\n", "decimal"),
        (f"a\n5 \n{ROOT}\n", "decimal"),
        (f"a\n٥\n{ROOT}\n", "decimal"),
        (f"a\n{1 << 63}\n{ROOT}\n", "64-bit"),
        (f"a\n{'9' * 5_000}\n{ROOT}\n", "64-bit"),
        (f"a\n5\n{ROOT[:-4]}\n", "32 bytes"),
        ("a\n5\nnot base64\n", "base64"),
    ],
)
def test_what_is_not_a_checkpoint_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Fault, match=sentence):
        Checkpoint.parse(text)


def test_the_largest_size_of_63_bits_is_read() -> None:
    assert Checkpoint.parse(f"a\n{(1 << 63) - 1}\n{ROOT}\n").size == (1 << 63) - 1
