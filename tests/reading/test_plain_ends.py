"""Ends that are plainly stated, ends on a condition, and money that is refused."""

from pathlib import Path

import pytest

from rescind.adapters.data.phrasebooks import demands, tongues
from rescind.adapters.mail import opinions
from rescind.adapters.mail.parse import message_of_row
from rescind.core.follow.reading.demands import Demand, find_demands
from rescind.core.follow.reading.meaning import CLOSING
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label, Reading
from tests.reading.test_answers import answers, read_by_label


def reading(text: str) -> Reading:
    row = {"date": "2026-11-29", "from": "a@b.example", "subject": "", "body": text}
    message = message_of_row(row, "1")
    return read(message, tongues(), judge=opinions.opinion, is_awaited=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            (
                "Your Netflix subscription has been cancelled. You can keep using "
                "it until 3 December 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "Subscription Confirmation. Your subscription to SkyShowtime has "
                "been cancelled and will not renew. You will have access until 3 "
                "December 2026. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Your SkyShowtime subscription has been turned off. You'll be able "
                "to use it until 3 December 2026. Google Play"
            ),
            "2026-12-03",
        ),
        (
            "Auto-renewal is off. Your subscription expires on 3 December 2026.",
            "2026-12-03",
        ),
        (
            (
                "Your subscription won't renew. It stays available until 3 December "
                "2026."
            ),
            "2026-12-03",
        ),
        (
            "Your SkyShowtime subscription is terminated as of 3 December 2026.",
            "2026-12-03",
        ),
        (
            (
                "Dein Abo SkyShowtime wurde gekündigt. Du kannst es noch bis zum 3. "
                "Dezember 2026 nutzen. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Ihr Abonnement ist beendet. Sie können es bis 3. Dezember 2026 "
                "weiter nutzen."
            ),
            "2026-12-03",
        ),
        (
            (
                "Die automatische Verlängerung wurde deaktiviert. Ihr Abo läuft am "
                "3. Dezember 2026 ab."
            ),
            "2026-12-03",
        ),
        (
            (
                "Dein Abo SkyShowtime wird nicht verlängert. Du hast bis zum 3. "
                "Dezember 2026 Zugriff. Google Play"
            ),
            "2026-12-03",
        ),
        (
            ("Dein Abo wurde storniert. Es bleibt bis zum 3. Dezember 2026 verfügbar."),
            "2026-12-03",
        ),
        (
            (
                "Votre abonnement SkyShowtime a été annulé. Vous pouvez l'utiliser "
                "jusqu'au 3 décembre 2026. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Votre abonnement est résilié. Vous y aurez accès jusqu'au 3 "
                "décembre 2026."
            ),
            "2026-12-03",
        ),
        (
            ("Votre abonnement ne sera pas renouvelé. Il expirera le 3 décembre 2026."),
            "2026-12-03",
        ),
        (
            (
                "Le renouvellement automatique de votre abonnement a été désactivé. "
                "Vous pouvez en profiter jusqu'au 3 décembre 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "Tu suscripción a SkyShowtime ha sido cancelada. Puedes usarla "
                "hasta el 3 de diciembre de 2026. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Se ha cancelado tu suscripción a SkyShowtime. Podrás seguir "
                "usándola hasta el 3 de diciembre de 2026."
            ),
            "2026-12-03",
        ),
        (
            "Tu suscripción no se renovará. Caducará el 3 de diciembre de 2026.",
            "2026-12-03",
        ),
        (
            (
                "Su suscripción está cancelada. Tiene acceso hasta el 3 de "
                "diciembre de 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "La renovación automática se ha desactivado. Tu suscripción "
                "finaliza el 3 de diciembre de 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "Il tuo abbonamento a SkyShowtime è stato annullato. Puoi "
                "utilizzarlo fino al 3 dicembre 2026. Apple"
            ),
            "2026-12-03",
        ),
        (
            "L'abbonamento è disdetto. Potrai usarlo fino al 3 dicembre 2026.",
            "2026-12-03",
        ),
        (
            "Il tuo abbonamento non verrà rinnovato. Scadrà il 3 dicembre 2026.",
            "2026-12-03",
        ),
        (
            (
                "Il rinnovo automatico è stato disattivato. L'abbonamento resta "
                "attivo fino al 3 dicembre 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "Je abonnement op SkyShowtime is opgezegd. Je kunt het gebruiken "
                "tot 3 december 2026. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Uw abonnement is geannuleerd. U heeft toegang tot en met 3 "
                "december 2026."
            ),
            "2026-12-03",
        ),
        (
            ("Je abonnement wordt niet verlengd. Het verloopt op 3 december 2026."),
            "2026-12-03",
        ),
        (
            (
                "De automatische verlenging is uitgeschakeld. Je abonnement eindigt "
                "op 3 december 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "Din prenumeration på SkyShowtime har avslutats. Du kan använda den "
                "till och med den 3 december 2026. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Ditt abonnemang är uppsagt. Du har tillgång till och med 3 "
                "december 2026."
            ),
            "2026-12-03",
        ),
        (
            "Din prenumeration förnyas inte. Den upphör den 3 december 2026.",
            "2026-12-03",
        ),
        (
            (
                "Automatisk förnyelse är avstängd. Du kan använda prenumerationen "
                "till 3 december 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "A tua subscrição SkyShowtime foi cancelada. Podes usá-la até 3 de "
                "dezembro de 2026. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Sua assinatura foi cancelada. Você pode usá-la até 3 de dezembro "
                "de 2026."
            ),
            "2026-12-03",
        ),
        (
            ("A sua assinatura não será renovada. Expira em 3 de dezembro de 2026."),
            "2026-12-03",
        ),
        (
            (
                "A renovação automática foi desativada. A sua subscrição termina em "
                "3 de dezembro de 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "Dit abonnement på SkyShowtime er blevet opsagt. Du kan bruge det "
                "indtil den 3. december 2026. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Dit abonnement er annulleret. Du har adgang til og med den 3. "
                "december 2026."
            ),
            "2026-12-03",
        ),
        (
            "Dit abonnement fornyes ikke. Det udløber den 3. december 2026.",
            "2026-12-03",
        ),
        (
            (
                "Automatisk fornyelse er slået fra. Du kan bruge abonnementet "
                "indtil den 3. december 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "Abonnementet ditt på SkyShowtime er sagt opp. Du kan bruke det til "
                "3. desember 2026. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Abonnementet ditt er kansellert. Du har tilgang til og med 3. "
                "desember 2026."
            ),
            "2026-12-03",
        ),
        ("Abonnementet ditt fornyes ikke. Det utløper 3. desember 2026.", "2026-12-03"),
        (
            (
                "Automatisk fornyelse er slått av. Abonnementet avsluttes 3. "
                "desember 2026."
            ),
            "2026-12-03",
        ),
        (
            (
                "Potwierdzenie anulowania subskrypcji. Twoja subskrypcja "
                "SkyShowtime została anulowana. Możesz korzystać z niej do 3 "
                "grudnia 2026 r. Apple"
            ),
            "2026-12-03",
        ),
        (
            (
                "Twoja subskrypcja została zakończona. Możesz z niej korzystać do 3 "
                "grudnia 2026."
            ),
            "2026-12-03",
        ),
        (
            ("Twoja subskrypcja nie zostanie odnowiona. Wygaśnie 3 grudnia 2026 r."),
            "2026-12-03",
        ),
        ("Umowa została rozwiązana. Masz dostęp do 3 grudnia 2026 r.", "2026-12-03"),
        (
            (
                "Automatyczne odnawianie zostało wyłączone. Subskrypcja kończy się "
                "3 grudnia 2026 r."
            ),
            "2026-12-03",
        ),
        (
            (
                "Tilauksesi SkyShowtime on peruutettu. Voit käyttää sitä 3. "
                "joulukuuta 2026 asti. Apple"
            ),
            "2026-12-03",
        ),
        (
            "Tilauksesi on päätetty. Sinulla on käyttöoikeus 3.12.2026 saakka.",
            "2026-12-03",
        ),
        ("Tilaustasi ei uusita. Se päättyy 3. joulukuuta 2026.", "2026-12-03"),
        (
            (
                "Tilauksen automaattinen uusiminen on poistettu käytöstä. Voit "
                "käyttää tilausta 3. joulukuuta 2026 asti."
            ),
            "2026-12-03",
        ),
        (
            (
                "Olá Ada, Confirmamos o cancelamento da sua assinatura a partir de "
                "hoje. O estorno de R$ 19,95, correspondente a 50%, será feito na "
                "próxima fatura. Atenciosamente"
            ),
            "2026-11-29",
        ),
        (
            (
                "Estimada Ada: Su contrato ya fue dado de baja el 15 de noviembre "
                "de 2026, por lo que no es necesario hacer nada más. Un saludo"
            ),
            "2026-11-15",
        ),
    ],
)
def test_a_plain_end_is_read_with_its_day(text: str, day: str) -> None:
    found = reading(text)

    assert found.label in CLOSING
    assert not found.needs_person
    assert found.effective_on == day


@pytest.mark.parametrize(
    "text",
    [
        (
            "Hi Ada, We can cancel your membership with effect from 15 December "
            "2026 once you return your key fob and settle the outstanding 30.00 "
            "GBP. Until then it stays active. Best"
        ),
        (
            "Your contract will end on 15 December 2026, provided that you "
            "return the router and pay the open invoice of £30."
        ),
        (
            "Your membership can only be cancelled after you have paid the "
            "outstanding £30."
        ),
        (
            "Wir können Ihren Vertrag zum 15.12.2026 beenden, sobald Sie den "
            "Router zurückgeben und die offenen 30,00 EUR begleichen. Bis dahin "
            "bleibt er aktiv."
        ),
        (
            "Ihr Vertrag endet am 15.12.2026, sofern Sie die offene Rechnung "
            "von 30 € bezahlen."
        ),
        ("Nach Eingang der offenen 30 € bestätigen wir die Kündigung zum 15.12.2026."),
        (
            "Nous pourrons résilier votre contrat au 15/12/2026 dès que vous "
            "aurez restitué la box et réglé les 30,00 € restants."
        ),
        (
            "Votre contrat prendra fin le 15/12/2026 à condition que vous "
            "régliez les 30 € dus."
        ),
        (
            "Podremos dar de baja su contrato el 15/12/2026 cuando devuelva el "
            "router y abone los 30,00 € pendientes."
        ),
        ("Su contrato finalizará el 15/12/2026 siempre que abone los 30 € pendientes."),
        (
            "Possiamo disdire il contratto dal 15/12/2026 una volta restituito "
            "il modem e saldati i 30,00 € in sospeso."
        ),
        (
            "Il contratto cesserà il 15/12/2026 a condizione che Lei paghi i 30 "
            "€ dovuti."
        ),
        (
            "Wij kunnen uw contract per 15 december 2026 beëindigen zodra u de "
            "router heeft teruggestuurd en de openstaande € 30 heeft betaald."
        ),
        (
            "Uw contract eindigt op 15 december 2026, mits u de openstaande € "
            "30 betaalt."
        ),
        (
            "Vi kan avsluta ditt avtal den 15 december 2026 när du har lämnat "
            "tillbaka routern och betalat 300 kr."
        ),
        (
            "Ditt avtal upphör den 15 december 2026 under förutsättning att du "
            "betalar de 300 kr."
        ),
        (
            "Podemos cancelar o seu contrato a 15/12/2026 assim que devolver o "
            "router e pagar os 30,00 € em falta."
        ),
        ("O seu contrato termina a 15/12/2026 desde que pague os 30 € em dívida."),
        (
            "Vi kan opsige dit abonnement pr. 15. december 2026, når du har "
            "returneret routeren og betalt de 300 kr."
        ),
        (
            "Dit abonnement ophører den 15. december 2026, forudsat at du "
            "betaler de 300 kr."
        ),
        (
            "Vi kan avslutte avtalen din 15. desember 2026 når du har levert "
            "tilbake ruteren og betalt 300 kr."
        ),
        ("Avtalen din opphører 15. desember 2026, forutsatt at du betaler de 300 kr."),
        (
            "Możemy rozwiązać umowę z dniem 15 grudnia 2026 r., gdy tylko "
            "zwróci Pan router i ureguluje zaległe 30,00 zł."
        ),
        (
            "Umowa wygaśnie 15 grudnia 2026 r., pod warunkiem że ureguluje Pan "
            "zaległe 30 zł."
        ),
        "Twoja subskrypcja zostanie anulowana, gdy zwrócisz klucz.",
        (
            "Voimme päättää sopimuksesi 15.12.2026, kun olet palauttanut "
            "reitittimen ja maksanut avoimet 30 €."
        ),
        ("Sopimuksesi päättyy 15.12.2026, edellyttäen että maksat avoimet 30 €."),
    ],
)
def test_an_end_on_a_condition_confirms_nothing(text: str) -> None:
    found = reading(text)

    assert found.label not in CLOSING or found.needs_person


@pytest.mark.parametrize(
    "text",
    [
        (
            "Twoja subskrypcja nie została anulowana. Możesz korzystać z niej "
            "do 3 grudnia 2026."
        ),
        (
            "Jeśli subskrypcja została anulowana, możesz z niej korzystać do 3 "
            "grudnia 2026. Sprawdź to na stronie."
        ),
        ("Dit abonnement er ikke opsagt endnu. Du kan bruge det til 3. december 2026."),
        ("Abonnementet ditt er ikke sagt opp. Du kan bruke det til 3. desember 2026."),
        "Tilaustasi ei ole peruutettu. Voit käyttää sitä 3.12.2026 asti.",
        (
            "Hvis dit abonnement er opsagt, kan du bruge det til den 3. "
            "december 2026. Se mere på vores side."
        ),
    ],
)
def test_an_end_that_is_denied_or_only_spoken_of_is_none(text: str) -> None:
    found = reading(text)

    assert found.label not in CLOSING or found.needs_person


@pytest.mark.parametrize(
    "text",
    [
        (
            "Bonjour, Votre résiliation est prise en compte et prendra effet le "
            "28/02/2027. Conformément à nos conditions, aucun remboursement ne "
            "sera effectué. Cordialement"
        ),
        (
            "We confirm your cancellation with effect from 31 December 2026. In "
            "line with our terms, no refund will be given."
        ),
        (
            "Your membership will end on 31 December 2026. We are unable to "
            "offer a refund for the unused time."
        ),
        (
            "Your membership will end on 31 December 2026. Amounts already paid "
            "are not refundable."
        ),
        (
            "Wir bestätigen Ihre Kündigung zum 31.12.2026. Eine Erstattung ist "
            "nicht möglich."
        ),
        (
            "Wir bestätigen Ihre Kündigung zum 31.12.2026. Bereits gezahlte "
            "Beiträge werden nicht erstattet."
        ),
        (
            "Confirmamos la baja con fecha 31/12/2026. Según nuestras "
            "condiciones, no procede ningún reembolso."
        ),
        ("Su contrato finaliza el 31/12/2026. No se realizará ninguna devolución."),
        (
            "Confermiamo il recesso con decorrenza 31/12/2026. Non è previsto "
            "alcun rimborso."
        ),
        (
            "Il suo abbonamento termina il 31/12/2026. Gli importi già versati "
            "non saranno rimborsati."
        ),
        (
            "Wij bevestigen uw opzegging per 31 december 2026. Er vindt geen "
            "terugbetaling plaats."
        ),
        ("Uw abonnement eindigt op 31 december 2026. Restitutie is niet mogelijk."),
        (
            "Vi bekräftar din uppsägning per den 31 december 2026. Ingen "
            "återbetalning sker."
        ),
        (
            "Ditt abonnemang upphör den 31 december 2026. Vi kan inte "
            "återbetala något belopp."
        ),
        (
            "Confirmamos o cancelamento a partir de 31/12/2026. Não haverá "
            "lugar a qualquer reembolso."
        ),
        (
            "A sua subscrição termina em 31/12/2026. Os valores pagos não serão "
            "reembolsados."
        ),
        ("Vi bekræfter din opsigelse pr. 31. december 2026. Der ydes ingen refusion."),
        (
            "Dit abonnement ophører den 31. december 2026. Vi tilbagebetaler "
            "ikke beløbet."
        ),
        ("Vi bekrefter oppsigelsen per 31. desember 2026. Det gis ingen refusjon."),
        (
            "Abonnementet ditt avsluttes 31. desember 2026. Beløpet blir ikke "
            "tilbakebetalt."
        ),
        (
            "Potwierdzamy rozwiązanie umowy z dniem 31 grudnia 2026 r. Zwrot "
            "środków nie przysługuje."
        ),
        ("Państwa umowa wygasa 31 grudnia 2026 r. Nie zwracamy opłaconej kwoty."),
        "Vahvistamme irtisanomisen 31.12.2026 alkaen. Hyvitystä ei makseta.",
        "Tilauksesi päättyy 31.12.2026. Maksettua summaa ei palauteta.",
    ],
)
def test_money_that_is_refused_beside_an_end_is_seen(text: str) -> None:
    found = find_demands(text, demands())

    assert Demand.NO_MONEY in found
    assert reading(text).label in CLOSING


@pytest.mark.parametrize(
    "text",
    [
        "We confirm the end on 3 May 2027 and refund 20.00 EUR to your card.",
        "Wir bestätigen die Kündigung zum 3.5.2027 und erstatten Ihnen 20,00 €.",
        "Nous vous rembourserons 20,00 € sous 14 jours.",
        "Le devolveremos 20,00 € en 14 días.",
        "Le rimborseremo 20,00 € entro 14 giorni.",
        "Wij betalen € 20,00 terug.",
        "Vi betalar tillbaka 200 kr.",
        "Iremos devolver 20,00 €.",
        "Vi tilbagebetaler 200 kr.",
        "Vi tilbakebetaler 200 kr.",
        "Zwrócimy 49,00 zł.",
        "Palautamme 20,00 €.",
        "We will not charge you again. You need not return anything.",
    ],
)
def test_money_that_comes_back_is_not_refused(text: str) -> None:
    assert Demand.NO_MONEY not in find_demands(text, demands())


def test_a_condition_beside_an_end_that_has_none_is_for_a_person() -> None:
    found = reading(
        "We confirm the cancellation of your membership. Your membership will end on "
        "15 December 2026 once you return your key fob."
    )

    assert found.label is Label.CONFIRMED
    assert found.needs_person


def test_money_that_waits_for_a_thing_sent_back_is_no_condition_of_the_end() -> None:
    found = reading(
        "Your contract has been cancelled and ends on 15 December 2026. Your "
        "deposit is refunded once you return the router."
    )

    assert found.label is Label.CONFIRMED


def test_a_withdrawal_that_is_confirmed_brings_its_money() -> None:
    found = reading(
        "Dzień dobry, potwierdzamy odstąpienie od umowy. Kwotę 49,00 zł zwrócimy w "
        "ciągu 14 dni na kartę. Pozdrawiamy"
    )

    assert found.label is Label.CONFIRMED
    assert not found.needs_person
    assert str(found.refund) == "49.00 PLN"


def test_what_the_reader_wants_and_pays_until_is_no_end() -> None:
    """However sure the reader is: no clause of theirs speaks of an end."""
    rows = answers(Path(__file__).parent / "answers" / "aa.jsonl")
    (refused,) = (row for row in rows if row["id"] == "AA-pl-09")

    reading = read_by_label({**refused, "label": "confirmed"})

    assert reading.needs_person
