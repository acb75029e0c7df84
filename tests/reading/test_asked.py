"""What an answer asks for before anything is done, read from its words."""

import pytest

from rescind.adapters.data.phrasebooks import asked
from rescind.core.follow.reading.asked import WantedDetail, find_asked

CASES = {
    "Nous ne retrouvons aucun abonnement à votre nom avec cette adresse e-mail. "
    "Pourriez-vous nous indiquer l'adresse e-mail utilisée lors de l'inscription ou "
    "l'identifiant de transaction PayPal ?": {
        WantedDetail.EMAIL,
        WantedDetail.TRANSACTION,
    },
    "Om het lidmaatschap te kunnen beëindigen hebben wij een kopie van de "
    "overlijdensakte nodig.": {WantedDetail.CERTIFICATE},
    "Bitte senden Sie uns die Sterbeurkunde und den Erbschein zu.": {
        WantedDetail.CERTIFICATE,
        WantedDetail.HEIRSHIP,
    },
    "Bitte nennen Sie uns Ihre Kundennummer oder die letzten vier Ziffern Ihrer "
    "Karte.": {WantedDetail.NUMBER, WantedDetail.CARD},
    "Please send us a copy of your passport.": {WantedDetail.IDENTITY},
    "Indíquenos su número de cliente, por favor.": {WantedDetail.NUMBER},
    "Ci serve il codice cliente o l'ID della transazione.": {
        WantedDetail.NUMBER,
        WantedDetail.TRANSACTION,
    },
    "Vi behöver dödsfallsintyg och ditt kundnummer.": {
        WantedDetail.CERTIFICATE,
        WantedDetail.NUMBER,
    },
    "Vi har brug for dødsattesten.": {WantedDetail.CERTIFICATE},
    "Prosimy o kopię aktu zgonu.": {WantedDetail.CERTIFICATE},
    "Tarvitsemme kuolintodistuksen ja asiakasnumeron.": {
        WantedDetail.CERTIFICATE,
        WantedDetail.NUMBER,
    },
    "Precisamos da certidão de óbito.": {WantedDetail.CERTIFICATE},
    "What would you like us to do?": set(),
}


@pytest.mark.parametrize("words", CASES)
def test_what_is_asked_for_is_read(words: str) -> None:
    assert set(find_asked(words, asked())) == CASES[words]
