"""Money that is sent to people is no subscription; a club's standing order may be."""

import pytest

from tests.find.test_find import find, monthly, only

SENT = [
    "Mama Danke Outgoing Transfer",
    "Oma Erika Outgoing Transfer",
    "Sophie Klein Nachhilfe Mathe Outgoing Transfer",
    "To Mary Murphy TRANSFER",
    "ALFIE JONES TENNIS LESSONS STO",
    "MR J SMITH S/O",
    "MRS P JONES FPO",
    "Transfer to B Nguyen CommBank",
    "VIREMENT PERMANENT DUPONT PAUL",
    "VIR SEPA MAMIE LILLE",
    "ORDEN PERMANENTE ABUELA CARMEN",
    "TRASPASO LUCIA GARCIA",
    "BONIFICO ROSSI GIULIA",
    "ORDINE PERMANENTE NONNA RITA",
    "PERIODIEKE OVERBOEKING OMA JANNEKE",
    "OVERSCHRIJVING SANNE DE VRIES",
    "STÅENDE ÖVERFÖRING MORMOR ASTRID",
    "FAST OVERFØRING INGRID HANSEN",
    "TOISTUVAISSUORITUS AINO VIRTANEN",
    "PRZELEW JAN KOWALSKI",
    "TRVALÝ PŘÍKAZ BABIČKA JANA",
    "ÁTUTALÁS NAGYMAMA ILONA",
    "UPI PRIYA SHARMA",
    "Emma Schmidt ICDT STDO",
    "OFX DAVID MILLER XFER",
]


@pytest.mark.parametrize("text", SENT)
def test_what_is_sent_to_a_person_is_no_subscription(text: str) -> None:
    assert only(find(*monthly(6, 40, text))).kind == "other"


@pytest.mark.parametrize(
    "text",
    [
        "KRAFTRAUM OST STO",
        "KRAFTRAUM OST Outgoing Transfer",
        "TRVALÝ PŘÍKAZ QUILLON",
        "PRZELEW QUILLON STUDIO",
        "Lisa Lumen Yoga GmbH TRANSFER",
        "To Anna Fitness TRANSFER",
        "PureGym STO",
        "SV QUILLON Mitgliedsbeitrag Anna Schmidt Dauerauftrag",
        # whose contract it is stands behind who is paid
        "KRAFTRAUM OST ANNA SCHMIDT TRANSFER",
        # no transfer: a company may be called after its founder
        "CLARA LUMEN",
        "SEPA LASTSCHRIFT EMMA QUILLON",
    ],
)
def test_a_club_is_found_however_it_is_paid(text: str) -> None:
    assert only(find(*monthly(6, 39.9, text))).kind == "subscription"


def test_pocket_money_is_no_subscription_whoever_has_it() -> None:
    assert only(find(*monthly(6, 20, "POCKET MONEY ZORBLATT"))).kind == "other"


@pytest.mark.parametrize("text", SENT)
def test_a_large_sum_to_a_person_is_no_bill_where_no_word_says_so(text: str) -> None:
    assert only(find(*monthly(6, 700, text))).kind == "other"


@pytest.mark.parametrize(
    "word",
    [
        *("RENT", "MIETE", "MIETZINS", "LOYER", "HUUR", "ALQUILER", "RENTA", "AFFITTO"),
        *("LOCAZIONE", "RENDA", "ALUGUEL", "HYRA", "HUSLEJE", "VUOKRA", "CZYNSZ"),
        *("NÁJEM", "NAJAM", "CHIRIE", "LAKBÉR", "NUOMA", "ΕΝΟΙΚΙΟ", "АРЕНДА", "房租"),
    ],
)
@pytest.mark.parametrize("cost", [240, 700])
def test_rent_to_a_person_is_a_bill_by_its_word(word: str, cost: float) -> None:
    text = f"To Mary Murphy {word} TRANSFER"

    assert only(find(*monthly(6, cost, text))).kind == "bill"


def test_a_large_standing_order_to_a_company_is_taken_for_rent() -> None:
    assert only(find(*monthly(6, 700, "HAUSBAU QUILLON GMBH STO"))).kind == "bill"
