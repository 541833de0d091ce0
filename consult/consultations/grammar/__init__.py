"""The grammar of a draft: Law 24/2000, art. 40-60, and what town halls make of it.

`plain_text` makes the text uniform, `lines` says what the beginning of a line looks like, `neighbours` what the line
above allows, `lists` where an item belongs, and `cutting` puts them together. All of it is pure: text in, pieces out.
"""

from consult.consultations.grammar.kinds import Kind

__all__ = ["Kind"]
