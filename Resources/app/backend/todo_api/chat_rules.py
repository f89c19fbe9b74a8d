"""Reads a message in plain English by rules: no model, no network."""

import re

from .errors import Refusal
from .operations import Operation
from .words import MOST_TITLE_CHARACTERS

HELP = "I can add, list, complete and delete tasks: “add buy milk”, “what is open?”, “complete #3”, “delete buy milk”."

_TASK = r"(?:(?:the|my|a|an)\s+)?(?:new\s+)?(?:task|todo|to-do|item)s?"
_DONE = r"(?:done|completed?|finished)"
_CALLED = r"(?:\s*:\s*|\s+(?:to|called|named|for|that says)\s+|\s+)"
_TO_LIST = r"(?:\s+(?:to|on|from|off|in)\s+(?:my|the)\s+(?:(?:task|todo|to-do)\s+)?(?:list|tasks|todos))?"
_POLITE = re.compile(
    r"^(?:(?:please|hey|hi|hello|ok(?:ay)?|now|and|(?:can|could|would|will) you|i want you to|i'd like to)[\s,]+)*"
    r"|(?:[\s,]+(?:please|thanks|thank you))*[\s.!?]*$",
    re.IGNORECASE,
)

# The first pattern that fits decides; its group is the title or the task.
_PATTERNS = [
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in [
        ("list", r"(?:show|list|display|see|view|give me|get)\b.*"),
        ("list", r"(?:what|which|how many|do i have|are there|anything)\b.*"),
        ("list", r"(?:my\s+|all\s+)*(?:(?:open|pending|completed|done|finished)\s+)?(?:tasks|todos|list)"),
        ("complete", rf"(?:mark|set|tick|check)\s+(?:off\s+)?(?:{_TASK}\s+)?(.+?)\s+(?:as|to|off)(?:\s+{_DONE})?"),
        ("complete", rf"(?:complete|finish|tick off|check off|close|do)\s+(?:{_TASK}\s+)?(.+?){_TO_LIST}"),
        ("complete", rf"(?:i(?:'m| am| have|'ve)?\s+)?(?:done|finished|completed)\s+(?:with\s+)?(?:{_TASK}\s+)?(.+)"),
        ("complete", rf"(?:{_TASK}\s+)?(.+?)\s+is\s+{_DONE}"),
        (
            "delete",
            rf"(?:delete|remove|drop|erase|cancel|forget(?: about)?|get rid of)\s+(?:{_TASK}\s+)?(.+?){_TO_LIST}",
        ),
        ("add", rf"(?:add|create|make|new|note|put)\s+{_TASK}{_CALLED}(.+?){_TO_LIST}"),
        ("add", r"(?:task|todo|note)\s*:\s*(.+)"),
        ("add", rf"(?:add|create|note|put)\s+(.+?){_TO_LIST}"),
        ("add", r"(?:remind me to|remember to|don't let me forget to|i (?:need|have|must|want) to|i must)\s+(.+)"),
    ]
]


def read(message):
    """What the message asks for, or None if the rules do not understand it."""
    wish = _POLITE.sub("", message).strip()
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(wish)
        if found:
            return _operation(kind, wish, found)
    return None


def _operation(kind, wish, found):
    if kind == "list":
        if re.search(
            r"\b(?:not done|open|pending|left|to do|unfinished|incomplete|remaining|have to)\b", wish, re.IGNORECASE
        ):
            return Operation(kind="list", completed=False)
        is_done = re.search(r"\b(?:completed|done|finished|complete)\b", wish, re.IGNORECASE)
        return Operation(kind="list", completed=True if is_done else None)
    words = found[1].strip().strip("\"'“”‘’").strip()
    if not words.strip("# "):
        return None
    if kind != "add":
        return Operation(kind=kind, task=re.sub(r"^(?:the|my)\s+", "", words, flags=re.IGNORECASE))
    if len(words) > MOST_TITLE_CHARACTERS:
        raise Refusal(422, f"A title must have at most {MOST_TITLE_CHARACTERS} characters.")
    return Operation(kind="add", title=words)
