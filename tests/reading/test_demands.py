"""What answers want that a law may not leave them, in twelve languages."""

import pytest

from rescind.adapters.data.phrasebooks import demands, tongues
from rescind.core.follow.reading.demands import Demand, find_demands
from rescind.core.follow.reading.meaning import CLOSING
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Message

D = Demand
SENTENCES = {
    D.BY_PHONE: (
        "Cancellations are only possible by phone.",
        "It takes effect once you call us.",
        "Bitte rufen Sie uns an, damit die Kündigung wirksam wird.",
        "Eine Kündigung ist ausschließlich telefonisch möglich.",
        "Pour finaliser, veuillez appeler notre service client.",
        "La baja se tramita únicamente por teléfono.",
        "La disdetta è possibile soltanto per telefono.",
        "Opzeggen kan uitsluitend telefonisch.",
        "Uppsägning kan endast ske per telefon.",
        "Opsigelse kan kun ske på telefon.",
        "Du må ringe oss for å si opp.",
        "Umowę można wypowiedzieć wyłącznie telefonicznie.",
        "Irtisanominen onnistuu vain puhelimitse.",
        "O cancelamento é feito somente por telefone.",
    ),
    D.IDENTITY_COPY: (
        "Please send us a copy of your ID card.",
        "Wir benötigen eine Kopie Ihres Personalausweises.",
        "Merci de joindre une copie de votre pièce d'identité.",
        "Necesitamos una copia de su DNI.",
        "Serve una copia del documento d'identità.",
        "Stuur een kopie van uw identiteitsbewijs.",
        "Skicka en kopia på din legitimation.",
        "Send en kopi af dit kørekort.",
        "Send en kopi av førerkort eller pass.",
        "Prosimy o przesłanie skanu lub kopii dowodu osobistego.",
        "Lähetä kopio henkilökortista.",
        "Envie uma cópia do cartão de cidadão.",
    ),
    D.FEE: (
        "An early termination fee of $120 applies.",
        "Es fällt eine Bearbeitungsgebühr von 25 € an.",
        "Des frais de résiliation de 49 € seront facturés.",
        "Se aplicará una penalización de 80 €.",
        "È prevista una penale di 60 €.",
        "Wij brengen annuleringskosten in rekening.",
        "En brytavgift på 499 kr tillkommer.",
        "Der opkræves et opsigelsesgebyr.",
        "Det påløper et bruddgebyr på 500 kr.",
        "Naliczymy karę umowną.",
        "Perimme irtisanomismaksun.",
        "Será cobrada uma multa por rescisão.",
    ),
    D.CREDIT: (
        "Instead we have added store credit to your account.",
        "Instead of a refund we have credited 99.99 EUR to your Play balance.",
        "Sie erhalten einen Gutschein über 50 €.",
        "Nous vous proposons un avoir de 30 €.",
        "Le ofrecemos un vale de 20 €.",
        "Le offriamo un buono di 20 €.",
        "U ontvangt een tegoedbon.",
        "Du får ett presentkort på 200 kr.",
        "Du får et gavekort i stedet.",
        "Saat lahjakortin hyvityksenä.",
        "Otrzymają Państwo voucher.",
        "Oferecemos-lhe um crédito em loja.",
    ),
    D.TOO_LATE: (
        "Your request came outside the 14-day withdrawal period.",
        "Die Widerrufsfrist ist leider abgelaufen.",
        "Le délai de rétractation est dépassé.",
        "El plazo de desistimiento ha vencido.",
        "Il termine di recesso è scaduto.",
        "De bedenktijd is verstreken.",
        "Ångerfristen har gått ut.",
        "Fortrydelsesfristen er udløbet.",
        "Angrefristen er utløpt.",
        "Termin odstąpienia minął.",
        "Peruutusaika on umpeutunut.",
        "O prazo de livre resolução terminou.",
    ),
}


@pytest.mark.parametrize(
    ("demand", "sentence"),
    [(demand, each) for demand, every in SENTENCES.items() for each in every],
)
def test_a_demand_is_found_in_its_sentence(demand: Demand, sentence: str) -> None:
    found = find_demands(f"Hello.\n\n{sentence}\n\nBest regards", demands())

    assert found == {demand: sentence}


def test_what_confirms_demands_nothing() -> None:
    for text in (
        "Your subscription ended on 3 March. If you have questions, we are here.",
        "Ihre Kündigung ist bestätigt. Sie erreichen uns telefonisch unter 030 555.",
        "We refunded €91 to your card.",
        "Votre abonnement est résilié. Aucun frais ne sera facturé.",
    ):
        assert find_demands(text, demands()) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Deine Kündigung ist vorgemerkt. Damit sie wirksam wird, ruf uns bitte an.",
        "Deine Kündigung ist vorgemerkt. Ruf uns an, damit sie gilt.",
        "Your subscription is cancelled. Please call us to complete the process.",
        "Votre contrat est résilié. Pour que ce soit effectif, veuillez appeler.",
        "Su contrato ha sido cancelado. Para confirmarla, llámenos al 900 000 000.",
        "Il contratto è stato disdetto. Serve una copia del documento d'identità.",
        "Uw abonnement is opgezegd. Bel ons om dit definitief te maken.",
        "Ditt abonnemang är uppsagt. Ring oss för att det ska gälla.",
        "O seu contrato foi cancelado. Para concluir o processo, ligue para nós.",
    ],
)
def test_an_end_beside_something_still_to_do_is_not_sure(text: str) -> None:
    message = Message(id="1", sender="a@b.example", subject="Re: x", text=text)

    reading = read(message, tongues())
    assert reading.needs_person or reading.label not in CLOSING


@pytest.mark.parametrize(
    "text",
    [
        "We cancelled your newsletter. Your subscription continues as before.",
        "Ihre Bestellung wurde storniert. Ihr Vertrag bleibt davon unberührt.",
        "Votre commande est annulée. Votre abonnement reste actif.",
        "Cancelamos su pedido. Su suscripción sigue activa.",
        "Il suo ordine è stato annullato. Il suo abbonamento resta attivo.",
        "Uw bestelling is geannuleerd. Uw abonnement loopt gewoon door.",
        "Din order är avbruten. Ditt abonnemang fortsätter som vanligt.",
        "Din ordre er annulleret. Dit abonnement fortsætter uændret.",
        "A sua encomenda foi cancelada. O seu contrato continua em vigor.",
    ],
)
def test_an_end_of_something_else_closes_nothing(text: str) -> None:
    message = Message(id="1", sender="a@b.example", subject="Re: x", text=text)

    reading = read(message, tongues())

    assert Demand.GOES_ON in find_demands(text, demands())
    assert reading.needs_person or reading.label not in CLOSING


def test_what_goes_on_to_its_end_is_no_contradiction() -> None:
    text = "Your plan is cancelled. Your plan remains active until 31 March 2027."

    assert find_demands(text, demands()) == {}
