"""Codes and pseudonyms: short, hard to guess, hard to misread."""

from __future__ import annotations

import re
import secrets

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without signs that look like another one."""

LENGTH = 8
"""30 signs, 8 times, are 6.5e11 codes; a server allows some 100,000 tries a day."""

FIRST = """amber brisk calm clever coral early easy fair gentle golden green happy honest keen kind
light lively lucky merry mild neat new open patient plain quick quiet ready silver steady still
sunny swift tidy warm wise""".split()
SECOND = """badger beaver crane curlew dolphin falcon ferret finch fox gannet hare hawk heron ibis
kestrel lark lynx magpie marten merlin mole newt otter owl panda plover puffin raven robin seal
skylark stoat swan tern thrush vole wren""".split()


def new_code() -> str:
    """A code that nobody can guess, as it is stored."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def shown_code(code: str) -> str:
    """A code as it is written on a board."""
    return f"{code[:4]}-{code[4:]}"


def typed_code(text: str) -> str:
    """A code as it is stored, of what somebody typed: in small letters, with spaces or dashes."""
    return re.sub(r"[\s\-–—.]", "", text[:100]).upper()


def new_pseudonym() -> str:
    """A name that says nothing about its bearer."""
    return f"{secrets.choice(FIRST)}-{secrets.choice(SECOND)}-{secrets.randbelow(900) + 100}"
