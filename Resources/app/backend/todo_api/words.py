"""Texts that people enter: trimmed, of limited length, without control characters."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator

MOST_TITLE_CHARACTERS = 200
MOST_NAME_CHARACTERS = 100
MOST_MESSAGE_CHARACTERS = 1000


def tidy(value, most):
    value = " ".join(value.split())
    if not value:
        raise ValueError("must not be empty")
    if len(value) > most:
        raise ValueError(f"must have at most {most} characters")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
        raise ValueError("must not contain control characters")
    return value


Title = Annotated[str, AfterValidator(lambda value: tidy(value, MOST_TITLE_CHARACTERS))]
Name = Annotated[str, AfterValidator(lambda value: tidy(value, MOST_NAME_CHARACTERS))]
Message = Annotated[str, AfterValidator(lambda value: tidy(value, MOST_MESSAGE_CHARACTERS))]
