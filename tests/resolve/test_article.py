from __future__ import annotations

from articles.capture.page import RawPage
from articles.clean import clean_page
from articles.mentions import Kind, MentionFinder, load_finder
from articles.resolve import actors_of, actors_of_text, zone_texts

PAGE = """Skip to: Content
Skip to: Search

Annan to Discuss Truce With Putin

Envoy Kofi Annan asks for more time.

By Lena Orsk / July 2, 2012

Envoy Kofi Annan (l.) and President Vladimir Putin (r.) meet in Moscow on Monday.

Dirk Vanholm/Reuters

President Vladimir Putin will meet the envoy Kofi Annan in Moscow on Tuesday, the Kremlin said on Sunday evening.

Mr. Annan is expected to ask for more time, and Putin is expected to give him some, officials in both capitals said.

"We have all the time in the world, and none of it is ours," Annan told Interfax on the way to the airport.

(Reuters, MT)

Leave a Reply
"""


def finder() -> MentionFinder:
    return load_finder()


def test_every_zone_that_names_actors_is_read_and_nothing_else() -> None:
    article = clean_page(RawPage(PAGE.encode(), "text/plain", "utf-8", "page.txt"))
    zones = zone_texts(article)
    assert set(zones) == {"body", "headline", "subtitle", "caption", "source"}
    assert zones["body"] == (article.body,)

    found = {actor.name: actor for actor in actors_of(article, finder()).actors}

    annan = found["Kofi Annan"]
    assert {span.zone for span in annan.spans} == {"body", "headline", "subtitle", "caption"}
    assert found["Reuters"].kind is Kind.MEDIA
    assert "Kremlin" in found
    assert not {"Dirk Vanholm", "Lena Orsk", "Skip", "Search", "Content"} & set(found)
    for actor in found.values():
        for span in actor.spans:
            assert zones[span.zone][span.zone_index][span.start : span.end] == span.surface


def test_the_speaker_of_a_quote_is_an_actor_of_the_body() -> None:
    article = clean_page(RawPage(PAGE.encode(), "text/plain", "utf-8", "page.txt"))
    found = actors_of(article, finder())
    [quote] = [said for said in found.quotes if said.kind == "direct"]
    [speaker] = [
        a for a in found.actors if any(s.zone == "body" and s.start == quote.speaker_start for s in a.spans)
    ]
    assert (speaker.name, quote.cue, quote.via) == ("Kofi Annan", "told", "Interfax")


def test_a_text_alone_is_a_body() -> None:
    found = actors_of_text("Kofi Annan spoke. Mr. Annan left.", finder())
    assert [(actor.name, actor.surfaces) for actor in found.actors] == [
        ("Kofi Annan", ("Kofi Annan", "Annan"))
    ]
