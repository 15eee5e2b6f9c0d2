"""What stands in a text and is the same in every language: addresses, handles, placeholders, markup."""

from __future__ import annotations

import re

from dragoman.model import Span

_CODES = re.compile(
    r"""
      (?: https?:// | ftp:// | www\. ) [^\s<>"«»“”\u200E\u200F]+  # an address with its scheme
    | (?<! [\w.+-] ) [\w.+-]+ @ [\w-]+ (?: \. [\w-]+ )+         # electronic mail
    | (?<! [\w.@-] ) (?: [a-z0-9-]+ \. )+                       # an address without its scheme
      (?: com|org|net|info|edu|gov|int|af|pk|ir|uk|de|fr|tv ) (?! [\w-] ) (?: / [^\s<>"«»“”\u200E\u200F]* )?
    | (?<! \w ) [@#] [A-Za-z_] \w*                              # a handle or a tag
    | </? [A-Za-z] [^<>]* >                                     # markup, and placeholders such as <x0>
    | & (?: \w+ | \#\w+ ) ;                                     # character references: &amp;
    | \{ \w* \} | % (?: \( \w+ \) )? [sd] (?! \w )              # slots of software messages
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_TRAILING = ".,;:!?'\")]}،؛؟۔»”’"


def find_codes(text: str) -> tuple[Span, ...]:
    """Where addresses, electronic mail, handles, markup and placeholders stand, without the punctuation that follows them."""
    return tuple(_trimmed(text, match) for match in _CODES.finditer(text))


def _trimmed(text: str, match: re.Match[str]) -> Span:
    """The span of a match without the sentence's own punctuation. A closing bracket stays where its partner is inside."""
    start, end = match.span()
    if text[start] in "<{%&":
        return Span(start, end)
    while end > start + 1 and text[end - 1] in _TRAILING and not _closes_its_own(text[start:end]):
        end -= 1
    return Span(start, end)


def _closes_its_own(code: str) -> bool:
    return code.endswith(")") and code.count("(") >= code.count(")")
