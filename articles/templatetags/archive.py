"""Small things that many pages show."""

from __future__ import annotations

import re
from collections.abc import Iterable

import bleach
from django import template
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString, mark_safe

from articles.models import Actor, Article, Mention
from articles.search.page import Chip

register = template.Library()

ACTORS_ON_A_CARD = 5
WHOLE_PERCENT = 0.01

CHOSEN_AS = {
    "speaker": "quoted",
    "place": "place",
    "source": "part from",
    "tag": "tag",
    "collection": "collection",
}

_STRAIGHT_QUOTES = re.compile(r'"([^"]*)"')


@register.simple_tag
def archive_name() -> str:
    """Return what this archive calls itself."""
    return str(settings.ARCHIVE_NAME)


@register.simple_tag(takes_context=True)
def block_again(context: Context, name: str) -> str:
    """Return what a block of the page says, for a second place: Django renders a block where it stands alone."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    said: SafeString = block.render(context)
    return said


@register.filter
def card_actors(article: Article) -> list[Actor]:
    """Return the first few actors of an article that came with `with_card_data`, each once."""
    mentions: Iterable[Mention] = getattr(article, "card_mentions", ())
    actors = {mention.actor_id: mention.actor for mention in mentions}
    return list(actors.values())[:ACTORS_ON_A_CARD]


@register.filter
def leads_to_the_web(address: str) -> bool:
    """Say whether an address that came with a page may be a link: anything but http(s) could run code."""
    return address.lower().startswith(("http://", "https://"))


@register.filter
def file_name(name: str, user: AbstractBaseUser | AnonymousUser) -> str:
    """Return the name a page came under: staff see where it lay, readers only the file itself."""
    return name if getattr(user, "is_staff", False) else name.rpartition("/")[2]


@register.filter
def excluded_words(chip: Chip) -> str:
    """Return what a chip excludes, without its "not" or "-": the page strikes the words through instead."""
    return chip.label.removeprefix("not ").removeprefix("-")


@register.filter
def chosen_as(chip: Chip) -> str:
    """Return as what a chip's value was chosen where its name does not tell: a person may be named or quoted."""
    return CHOSEN_AS.get(chip.parameter, "")


@register.filter
def counted(number: int, noun: str) -> str:
    """Return "1 article" or "2,310 articles": the noun in its singular, or "story,stories"."""
    one, _, many = noun.partition(",")
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@register.filter
def as_sentence(reason: str) -> str:
    """Return a reason as a sentence: a capital letter, curly quotation marks, a full stop; nothing of nothing."""
    text = _STRAIGHT_QUOTES.sub("“\\1”", reason.strip()).replace("'", "’")
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.rstrip("”’)").endswith((".", "!", "?", "…")) else f"{text}."


@register.filter
def only_marks(html: str) -> SafeString:
    """Return a passage with its <mark> elements and nothing else alive, whatever its page held."""
    clean: str = bleach.clean(html, tags={"mark"}, attributes={})
    return mark_safe(clean)  # noqa: S308  # bleach has just cleaned it


@register.filter
def as_share(value: float | None) -> str:
    """Return a share from 0 to 1 in whole per cent; what is neither none nor all is never written as such."""
    if not value:
        return "0\u202f%"
    whole = f"{value:.0%}".removesuffix("%")
    bounded = "under 1" if value < WHOLE_PERCENT else "over 99" if 1 - WHOLE_PERCENT < value < 1 else whole
    return f"{bounded}\u202f%"
