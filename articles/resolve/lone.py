"""Names that say too little by themselves: a surname, an acronym, and the full name that explains a surname."""

from __future__ import annotations

from collections.abc import Iterable

from articles.mentions.person_names import surnames_of
from articles.mentions.spans import Kind
from articles.resolve.actors import Resolution
from articles.resolve.names import normalise, skeleton
from articles.resolve.register import squeezed, surname_words
from articles.resolve.weighing import MAY_BE, MOST_BEARERS, Bearer, Question, last_word

# A lone surname that only one person of the archive bears: likely, never sure.
ONLY_BEARER = 0.75
SAME_LONE_SURNAME = 0.7
FULL_AFTER_LONE = 0.75
# Context decided between several bearers of one surname.
SURNAME_BY_CONTEXT = 0.7
# A lone surname has no other word to confirm it, so a mere spelling of it needs this weight of context.
SPELLING_NEEDS = 0.5


def answer_for_acronym(ask: Question) -> Resolution:
    """Join nobody: "SNC" is the council here and the coalition there."""
    name = ask.local.name
    called = ask.register.bodies_called(name)[:MOST_BEARERS]
    return ask.doubt(
        ask.by_root(ask.bearers(called, MAY_BE)),
        f"{name} means different bodies in different texts, and this one does not say which",
        score=0.0,
    )


def answer_for_surname(ask: Question) -> Resolution:
    """Join the only bearer of a surname, or the one of several whom the context means."""
    name = ask.local.name
    full = ask.by_root(ask.bearers(ask.called(name, in_full=True), ONLY_BEARER))
    if _shared_here(ask, (name,)):
        return ask.doubt(full, f"several people of this article are called {name}; a person has to decide")
    if len(full) > 1:
        listed = ", ".join(ask.register.name(one.number) for one in full[:3])
        return ask.chosen(
            full, SURNAME_BY_CONTEXT, f"several people in the archive are called {name}: {listed}"
        )
    if full:
        return _only_bearer(ask, full[0])
    alone = ask.by_root(ask.bearers(ask.called(name, in_full=False, spelt_so=True), SAME_LONE_SURNAME))
    if not alone:
        return Resolution(None, 0.0, f"nobody in the archive is called {name}")
    if len(alone) > 1:
        return ask.chosen(
            alone, SURNAME_BY_CONTEXT, f"the archive knows several called {name}, all without a first name"
        )
    return ask.joined_unless_doubtful(alone[0], f"the archive knows one {name}, also without a first name")


def _only_bearer(ask: Question, one: Bearer) -> Resolution:
    name, known = ask.local.name, ask.register.name(one.number)
    words = surname_words(ask.register.names(one.number))
    spelt_so = any(squeezed(word) == squeezed(last_word(name)) for word in words)
    if not spelt_so and ask.match(one).weight < SPELLING_NEEDS:
        return ask.doubt([one], f"{name} may be a spelling of {known}, but nothing else shows it")
    return ask.joined_unless_doubtful(one, f"{known} is the only person in the archive called {name}")


def known_by_surname(ask: Question) -> Resolution | None:
    """Answer for a full name whose surname the archive knows, so far without a first name; None when it does not."""
    if ask.local.kind is not Kind.PERSON:
        return None
    name, surnames = ask.local.name, surnames_of(ask.local.name)
    alone = [n for word in surnames for n in ask.called(word, in_full=False, spelt_so=True)]
    fits = ask.by_root(ask.bearers(alone, FULL_AFTER_LONE))
    if not fits or any(ask.called(word, in_full=True) for word in surnames):
        return None
    known = ask.register.name(fits[0].number)
    if len(fits) > 1 or _shared_here(ask, surnames):
        return ask.doubt(
            fits, f"the archive or this article has several called {known}; {name} is one of them"
        )
    return ask.joined_unless_doubtful(
        fits[0],
        f"nobody else in the archive is called {known}, who was known by the surname alone",
        better_name=name,
    )


def began_by_surname(ask: Question) -> list[Bearer]:
    """Return the known persons of a full name's surname whose own first name came later than their surname."""
    if ask.local.kind is not Kind.PERSON:
        return []
    began: list[int] = []
    for word in surnames_of(ask.local.name):
        likely = ask.register.began_lone(normalise(last_word(word)))
        if likely:
            began += [number for number in ask.called(word, in_full=True) if number in likely]
    return ask.by_root(ask.bearers(began, MAY_BE))


def _shared_here(ask: Question, surnames: Iterable[str]) -> bool:
    """Whether another person of the article has one of these surnames, too."""
    mine = {skeleton(last_word(name)) for name in surnames}
    others = (o for o in ask.article if o is not ask.local and o.kind is Kind.PERSON)
    return any(mine & {skeleton(word) for word in surname_words(other.surfaces)} for other in others)
