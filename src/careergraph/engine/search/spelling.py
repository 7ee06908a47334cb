"""Spelling: words that are the same in the other number, and how far a mistyped word is from another."""


def singular(text: str) -> str:
    """Return a normalised text with the English plurals of its words made singular, by their endings alone."""
    return " ".join([_singular(word) for word in text.split()])


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")


def edits(word: str, other: str) -> int:
    """The letters to add, leave out, change or swap with the next, so that a word becomes the other."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [i]
        for j, needed in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != needed))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == needed:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
    return row[-1]
