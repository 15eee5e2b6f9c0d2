"""What a copied page leaves around its article: buttons, links and counters of the page, and the comments of readers.

A line is debris only where all of it is what pages print on buttons. An article may well have a heading "Facebook" or "Print",
so words of that kind count only beside other debris. A short paragraph taken for debris would be lost to the reader: in doubt,
text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 160  # code points; no button is longer

_DEBRIS = re.compile(
    r"""
      advertisements? | sponsored\ content | promoted\ content
    | (?: story | article ) \ continues\ below (?: \ (?: this\ )? advertisement )?
    | share (?: \ \d+ )? | copy\ link
    | (?: share | print | email | tweet ) \ this (?: \ (?: article | page | post | story | video ) )?
    | share\ on\ (?: facebook | twitter | x | whatsapp | telegram | linkedin )
    | (?: (?: share | tweet | email | print | facebook | twitter | whatsapp | telegram | like | reply ) [ |/·•,\d]* ){2,}
    | reply (?: \ ? \d+ \ comments? )? | comments? | \d+ \ comments? | comments? \ ? \( \d+ \)
    | (?: leave | post | write | add ) \ a \ (?: comment | reply )
    | (?: view | show | load ) \ (?: all | more ) (?: \ comments )?
    | read\ more (?: \ ? [:»›>→] .* | \ about\ [^.?!]+ )? | continue\ reading | read\ also: .* | also\ read: .* | see\ also: .*
    | related (?: : | \ (?: articles? | stories | news | posts | topics | links | content ) :? )
    | you\ (?: may | might ) \ (?: also\ )? like | recommended\ for\ you
    | most\ (?: read | viewed | popular | shared ) | trending\ now
    | subscribe (?: \ (?: now | today | here ) | \ to\ (?: our | the ) \ [^.?!]+ )?
    | sign\ up\ (?: for | to ) \ (?: our | the ) \ [^.?!]+
    | follow\ us | (?: follow | join | like ) \ us\ on\ [^.?!]+ | click\ here (?: \ to \ [^.?!]+ )?
    | (?: log | sign ) \ in (?: \ to \ (?: comment | reply | your\ account ) )?
    | skip\ to\ (?: main\ )? content | back\ to\ top
    | (?: accept | manage ) \ (?: all\ )? cookies | cookie\ (?: policy | settings )
    | privacy\ policy | terms\ of\ (?: use | service )
    | (?: © | \(c\) | copyright\ (?: © | \d{4} ) ) .* | (?: [^.?!]+ \W )? all\ rights\ reserved
    | \d+ \ min (?: ute )? s? \ read | \d+ \ (?: shares? | (?:dis)? likes? | views? )
    | do\ you\ like\ this\ (?: article | story ) \?
    | comments? \ policy | captcha (?: \ ?\* )? | \*\ ? denotes\ required\ fields?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BUTTON = re.compile(
    r"""
      print | e-?mail | like | dislike | save | listen | tweet | facebook | twitter | x | whatsapp | telegram | instagram
    | youtube | linkedin | pinterest | reddit | viber | messenger | home | menu | search | more | next | previous | register
    | recommended | related | trending | report | policy | about\ us | contact\ us
    | \d+ (?: \ (?: minutes? | hours? | days? ) \ ago )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_REPLY = re.compile(r"reply(?: ?\d+ comments?)?", re.IGNORECASE)
_COMMENTS_BEGIN = re.compile(r"comments?|\d+ comments?|comments? ?\(\d+\)", re.IGNORECASE)
_COMMENTS_END = re.compile(r"related .*|recommended .*|you (?:may|might) .*|most (?:read|viewed|popular|shared)", re.IGNORECASE)
_TRAILING = " .:…»›>→"


def debris(lines: Sequence[str]) -> set[int]:
    """Which of an article's lines, given without blank ones, are debris of its page.

    >>> sorted(debris(["Share prices fall in Kabul", "Print", "They fell by half.", "Share", "Print", "Read more »"]))
    [3, 4, 5]
    """
    found = {index for index, line in enumerate(lines) if _is(_DEBRIS, line)}
    buttons = {index for index, line in enumerate(lines) if _is(_BUTTON, line)} - found
    # A button beside debris is debris, and so is the button beside that one; and two buttons in a row are.
    run: list[int] = []
    for index in range(len(lines) + 1):
        if index in buttons:
            run.append(index)
            continue
        if run and (len(run) > 1 or index in found or run[0] - 1 in found):
            found.update(run)
        run = []
    return found


def comments(lines: Sequence[str], debris: set[int]) -> set[int]:
    """Which lines are readers' comments: one right above its "Reply" button, and those that follow a line such as "3 Comments".

    >>> lines = ["The bridge is open.", "Good news!", "Reply1 Comment", "Share"]
    >>> comments(lines, {2, 3})
    {1}
    """
    above = {index - 1 for index in debris if index > 1 and _is(_REPLY, lines[index])}
    begin = min((index for index in debris if index and _is(_COMMENTS_BEGIN, lines[index])), default=len(lines))
    end = min((index for index in debris if index > begin and _is(_COMMENTS_END, lines[index])), default=len(lines))
    return (above | set(range(begin + 1, end))) - debris


def _is(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= _LONGEST and pattern.fullmatch(line.rstrip(_TRAILING)) is not None
