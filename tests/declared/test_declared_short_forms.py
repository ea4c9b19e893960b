"""Short forms of street types, language by language: declared long and written short, and the other way round."""

from __future__ import annotations

import pytest
from tests.declared import levels

from unlisted.model.subject import Fact

FORMS = {
    "US": "27 Alderfield {}, Harborton, NY 10999",
    "GB": "27 Alderfield {}, Norbridge, NB1 5TR",
    "DE": "Alderfelder {} 27, 48999 Münsterau",
    "FR": "27 {} des Aulnes, 35999 Rennelles",
    "ES": "{} del Aliso, 27, 29999 Malagueta",
    "IT": "{} degli Ontani 27, 40999 Bolognetta",
    "BR": "{} dos Amieiros, 27, Florinda - SC, 88999-400",
    "NL": "Elzen{} 27, 8999 PK Zwolderen",
    "PL": "{} Olchowa 27, 30-999 Krakowiec",
    "SE": "Alviks{} 27, 229 99 Lundsala",
    "DK": "Elle{} 27, 8999 Aarholm",
    "NO": "Oredal{} 27, 5999 Bergnes",
    "FI": "Leppä{} 27, 33999 Tampila",
}
SHORT = """
US Street St St. Str
US Avenue Ave Ave. Av
US Road Rd Rd.
US Drive Dr Dr. Drv
US Lane Ln Ln.
US Court Ct Crt
US Place Pl Pl.
US Boulevard Blvd Bvd
US Parkway Pkwy Pky
US Highway Hwy
US Circle Cir Circ
US Square Sq Sq.
US Terrace Ter Terr
US Trail Trl Tr
US Crossing Xing
US Turnpike Tpke
US Alley Aly
US Cove Cv
US Point Pt
US Heights Hts
US Plaza Plz
GB Road Rd
GB Close Cl
GB Crescent Cres Cresc
GB Gardens Gdns Gdn
GB Grove Gr Grv
GB Terrace Terr Tce
GB Park Pk
GB Parade Pde
GB Wharf Whf
DE Straße Str. Strasse Str
DE Platz Pl.
DE Allee Al.
DE Weg W.
FR rue r. R.
FR avenue av. av Av.
FR boulevard bd bd. bld
FR place pl. pl
FR impasse imp. imp
FR chemin ch. chem.
FR allée all. all
FR square sq. sq
FR route rte
ES Calle C/ C. c/ Cl
ES Avenida Avda. Av. Avda
ES Plaza Pza. Plza. Pl.
ES Paseo Pº Po.
ES Carretera Ctra. Ctra
ES Camino Cno. Cam.
ES Ronda Rda.
IT Via V. v.
IT Viale V.le Vle
IT Piazza P.zza P.za Pza
IT Corso C.so Cso
IT Largo L.go Lgo
IT Vicolo Vic. V.lo
IT Borgo B.go
BR Rua R. R
BR Avenida Av. Av
BR Travessa Tv. Trav.
BR Praça Pç. Pça.
BR Estrada Estr.
BR Alameda Al. Alam.
BR Rodovia Rod.
NL straat str. str
NL laan ln. ln
PL ulica ul. ul
PL aleja al. al
PL plac pl. pl
SE gatan g.
SE vägen v.
DK vej v.
NO veien vn.
NO gate gt. g.
FI katu k.
FI tie t.
"""
PAIRS = [
    (region, long, short)
    for region, long, *forms in (line.split() for line in SHORT.split("\n") if line)
    for short in forms
]


def level(region: str, value: str, text: str) -> str:
    """The strongest level at which an address is found in a text; "none" where it is not."""
    return levels.level(Fact(kind="address", label="home", value=value, region=region), text)


@pytest.mark.parametrize(("region", "long", "short"), PAIRS, ids=range(len(PAIRS)))
def test_a_short_form_is_the_long_one_both_ways(region: str, long: str, short: str) -> None:
    """It does not matter which of the two was declared."""
    one, other = FORMS[region].format(long), FORMS[region].format(short)
    assert level(region, one, f"so: {other}!") == "same"
    assert level(region, other, f"so: {one}!") == "same"


@pytest.mark.parametrize(("region", "long"), sorted({pair[:2] for pair in PAIRS}))
def test_two_types_are_two_streets(region: str, long: str) -> None:
    """No other type of the country is taken for it."""
    declared = FORMS[region].format(long)
    others = {other for place, other, _ in PAIRS if place == region} - {long}
    assert [other for other in sorted(others) if level(region, declared, FORMS[region].format(other)) == "same"] == []
