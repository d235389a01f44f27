"""Names of the press as credits write them: agencies and outlets, with their short forms."""

from __future__ import annotations

from collections.abc import Mapping

from articles.clean.lexicons import lexicon

_AROUND = " .,:()[]*—–-"


class PressNames:
    """Looks up the stored name of an agency or outlet: "AP" gives "Associated Press".

    `outlets` and `agencies` map further names and short forms, in lower case, to stored names; the agencies
    of `lexicon/agencies.toml` are always known.
    """

    def __init__(self, *, outlets: Mapping[str, str], agencies: Mapping[str, str]) -> None:
        table = lexicon("agencies")
        self._pictures = {form for forms in table["pictures"].values() for form in forms}
        listed = {
            form: name
            for kind in ("pictures", "news")
            for name, forms in table[kind].items()
            for form in (name.casefold(), *forms)
        }
        self._agencies = {**listed, **agencies}
        self._all = {**outlets, **self._agencies}

    def name(self, text: str) -> str | None:
        """The stored name of the agency or outlet that the text is."""
        key = text.casefold().strip(_AROUND)
        return self._all.get(key) or self._all.get(key.removeprefix("the "))

    def agency(self, text: str) -> str | None:
        """The stored name of the agency that the text is; None for outlets that are no agencies."""
        key = text.casefold().strip(_AROUND)
        return self._agencies.get(key) or self._agencies.get(key.removeprefix("the "))

    def is_picture_agency(self, text: str) -> bool:
        """True when the text names an agency that sells nothing but pictures."""
        return text.casefold().strip(_AROUND) in self._pictures
