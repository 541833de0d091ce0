"""The numbers that office programs draw in front of paragraphs: counted, never typed, and so in no word of the file."""

ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LETTERS = 26
#: Beyond it a number is written in figures, whatever the list asks for.
MOST = 399


def roman(number: int) -> str:
    """Return a number in Roman figures."""
    if not 0 < number <= MOST:
        return str(number)
    written = ""
    for value, figure in ROMAN:
        while number >= value:
            written += figure
            number -= value
    return written


def letters(number: int) -> str:
    """Return a number as a letter: a to z, then aa to zz."""
    if not 0 < number <= MOST:
        return str(number)
    times, place = divmod(number - 1, LETTERS)
    return chr(ord("a") + place) * (times + 1)
