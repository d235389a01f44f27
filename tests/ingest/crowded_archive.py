"""An invented archive in which people share surnames, are named in several spellings, and some are joined wrongly."""

from __future__ import annotations

import random
from datetime import date

from articles.ingest.actors import ArchiveDirectory
from articles.models import Actor, Mention
from tests.curate.invented_actors import body, person, take_in

GIVEN = ("Osanna", "Rafe", "Tilda", "Joren", "Marit", "Sorin", "Ilse", "Bram")
FAMILY = ("Brekk", "Ondry", "Valtor", "Quillan", "Hesper", "Dravik", "Mossov", "Tarnel", "Kestrin")


def archive_of(articles: int, *, seed: int) -> None:
    """Take in articles that name people in full, by surname alone and in other spellings, and bodies."""
    chance, directory = random.Random(seed), ArchiveDirectory()
    for number in range(articles):
        here = []
        for given, family in sorted({(chance.choice(GIVEN), chance.choice(FAMILY)) for _ in range(4)}):
            told = chance.random()
            if told < 0.25:
                here.append(person(family))
            elif told < 0.4:
                here.append(person(f"{given} {family.replace('k', 'c')}", family.replace("k", "c")))
            else:
                here.append(person(f"{given} {family}", family))
        if chance.random() < 0.4:
            here.append(body(f"{chance.choice(FAMILY)} Institute", "Institute"))
        if chance.random() < 0.2:
            here.append(body("SHB"))
        take_in(here, directory, published=date(2012, 1 + number % 12, 3))


def scatter() -> None:
    """Give every seventh mention of a person to one actor, as if rules of former times had joined them."""
    people = Mention.objects.filter(machine_actor__machine_kind="person").order_by("pk")
    one = Actor.objects.filter(machine_kind="person").order_by("pk")[0]
    strays = list(people.values_list("pk", flat=True))[::7]
    Mention.objects.filter(pk__in=strays).update(machine_actor=one, actor=one)
