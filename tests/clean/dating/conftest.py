"""Facts of an invented world: Vessa and Karrin, who do not exist."""

from pathlib import Path

import pytest

from articles.clean.dating import Facts, load_facts

FACTS = """
source = "invented for the tests"

[words]
took = "took|captured|seized"

[[event]]
id = "ferry"
on = "2012-05-21"
label = "the ferry Selm sinks"
cues = ["ferry & sank|sinking|sunk & selm"]
source = "invented"

[[event]]
id = "accord"
on = "2013-05-21"
label = "the Harbour Accord is signed"
cues = ["harbour accord & !draft"]
source = "invented"

[[event]]
id = "summit"
on = "2013-09-10"
label = "Tessedin meets Juhn in Lethmark"
cues = ["tessedin & juhn & meet|met"]
source = "invented"

[[name]]
id = "league"
since = "2012-02-01"
label = "the Valleys League exists"
cues = ["valleys league"]
source = "invented"

[[condition]]
id = "hessek"
from = "2012-10-01"
to = "2013-03-31"
label = "Hessek is besieged"
cues = ["hessek & besieged|siege & !former|lifted"]
source = "invented"

[[total]]
about = "killed"
figure = 7000
first = "2012-11"
until = "2013-01"
by = "the Provinces"

[[feast]]
name = "Ramadan"
from = "2013-07-10"
to = "2013-08-07"

[[anchor]]
id = "war"
on = "2011-11-08"
label = "the war on the Strait began"
subject = "karrin*|strait"
nouns = "war|conflict|fighting"

[[office]]
holder = "Marko Juhn"
title = "foreign minister"
of = "Vessa"
from = "2010-01-15"
to = "2012-09-03"

[[office]]
holder = "Marko Juhn"
title = "president"
of = "Vessa"
from = "2015-05-20"
to = ".."

[[office]]
holder = "Marko Juhn"
title = "president-elect"
of = "Vessa"
from = "2015-05-03"
to = "2015-05-20"
"""


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    file: Path = tmp_path_factory.mktemp("facts") / "invented.toml"
    file.write_text(FACTS, encoding="utf-8")
    return load_facts(file)
