"""Ways: what the terms accept comes first, and what proves it goes along."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rescind.app.act import letters, routes
from rescind.app.know import check
from rescind.core.act.routes import find_routes
from rescind.core.errors import BadInput
from rescind.core.model.catalogue import Contact
from rescind.core.model.checked import Checked
from rescind.core.model.route import Acceptance, By, RankedRoutes
from rescind.core.model.sentence import Sentence
from rescind.core.model.source import SourceKind
from tests.conftest import FACTS, SENDER

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def found(letter: str = "cancel", **facts: Any) -> RankedRoutes:
    return find_routes(check.check(FACTS | facts), letter, TODAY)


def order(answer: RankedRoutes) -> list[By]:
    return [way.by for way in answer.ranked]


def test_the_button_that_the_terms_name_comes_first() -> None:
    answer = found()

    assert order(answer) == [By.BUTTON, By.FORM, By.POST]
    assert answer.ranked[0].acceptance is Acceptance.TERMS
    assert answer.ranked[2].acceptance is Acceptance.UNKNOWN
    assert answer.together == (By.BUTTON, By.POST)
    assert answer.why_together == Sentence.of("route_note", "for_the_record")


def test_a_withdrawal_may_go_by_post_because_the_law_allows_any_form() -> None:
    answer = found("withdraw", purchased_at="2026-11-16")

    assert order(answer) == [By.FORM, By.POST]
    assert answer.ranked[1].acceptance is Acceptance.LAW
    assert answer.why_together == Sentence.of("route_note", "in_time")


def test_where_no_law_gives_it_post_is_not_said_to_count() -> None:
    answer = found("withdraw", country="US")

    assert answer.ranked[-1].acceptance is Acceptance.UNKNOWN


def test_a_store_is_the_only_way_for_what_it_billed() -> None:
    answer = found(channel="apple")

    assert order(answer) == [By.STORE]
    assert answer.together == (By.STORE,)
    assert answer.ranked[0].to == "Apple"


def test_a_store_is_answered_in_writing_too() -> None:
    answer = found("reply", channel="apple")

    assert By.EMAIL in order(answer)


def test_a_registrar_is_asked() -> None:
    answer = found(offer="degree")

    assert By.ASK in order(answer)


def test_who_has_no_page_to_click_on_is_asked() -> None:
    assert By.ASK in order(found(offer="teams", country="US"))


def test_without_a_channel_only_addresses_are_known() -> None:
    assert order(found(channel=None)) == [By.FORM, By.POST]


def test_a_service_that_is_not_on_file_is_reached_by_ones_own_papers() -> None:
    gym: dict[str, Any] = {"service": "other", "merchant": "Gym One", "offer": None}
    answer = found(**gym)

    assert order(answer) == [By.EMAIL, By.POST]
    to = Sentence.of("route_note", "own_papers", merchant="Gym One")
    assert answer.ranked[0].to == to
    assert answer.ranked[0].acceptance is Acceptance.UNKNOWN
    assert answer.together == (By.EMAIL,)


def test_any_form_will_do_for_a_withdrawal_from_it() -> None:
    gym: dict[str, Any] = {"service": "other", "merchant": "Gym One", "offer": None}
    answer = found("withdraw", **gym, purchased_at="2026-11-16")

    assert {way.acceptance for way in answer.ranked} == {Acceptance.LAW}


def test_erasure_goes_to_the_address_for_data() -> None:
    answer = found("erase", country="DE")

    assert order(answer) == [By.EMAIL, By.POST]
    assert answer.ranked[0].to == "eu-representative@coursera.org"
    assert answer.together == (By.EMAIL,)


def with_contact(kind: str, value: str, **more: Any) -> Checked:
    checked = check.check(FACTS | {"purchased_at": "2026-11-16"})
    claim = next(c.claim for c in checked.service.contacts if c.id == "post-us")
    contact = Contact(
        id="new", kind=kind, use="cancel", value=(value,), regions=frozenset(),
        in_use=True, worked_on=None, claim=claim, **more,
    )  # fmt: skip
    service = replace(
        checked.service, contacts=(*checked.service.contacts, contact), routes=()
    )
    return replace(checked, service=service)


def test_near_a_deadline_the_fast_record_goes_along() -> None:
    checked = with_contact("email", "cancel@coursera.org")

    answer = find_routes(checked, "withdraw", TODAY)

    assert order(answer) == [By.FORM, By.EMAIL, By.POST]
    assert answer.together == (By.FORM, By.EMAIL)


def test_a_fax_stands_among_the_addresses() -> None:
    answer = find_routes(with_contact("fax", "+1 555"), "cancel", TODAY)

    assert By.FAX in order(answer)


def test_what_only_guides_tell_comes_after_the_terms() -> None:
    checked = check.check(FACTS)
    routes = tuple(
        replace(
            route,
            claims=tuple(c for c in route.claims if c.source.kind is SourceKind.GUIDE),
        )
        for route in checked.service.routes
    )
    told = replace(checked, service=replace(checked.service, routes=routes))

    answer = find_routes(told, "cancel", TODAY)

    assert order(answer)[0] is By.FORM
    assert {w.by: w.acceptance for w in answer.ranked}[By.BUTTON] is Acceptance.TOLD


def test_a_single_weak_way_stands_alone() -> None:
    checked = check.check(FACTS)
    contacts = tuple(c for c in checked.service.contacts if c.kind == "form")
    alone = replace(checked, service=replace(checked.service, contacts=contacts))

    assert find_routes(alone, "cancel", TODAY).together == (By.BUTTON,)


def test_everything_is_made_ready_in_a_new_folder(tmp_path: Path) -> None:
    written = letters.write(FACTS, SENDER, now=NOW)
    folder = tmp_path / "ready"

    files = routes.make_ready(written, folder)

    assert set(files) == {
        *("letter.pdf", "letter.txt", "ways.txt", "form.txt", "letter.eml"),
        "mailto.txt",
    }
    assert (folder / "mailto.txt").read_text().startswith("mailto:?subject=")
    assert "Einschreiben mit Rückschein" not in (folder / "ways.txt").read_text()
    with pytest.raises(BadInput, match="exists already"):
        routes.make_ready(written, folder)


def test_the_post_office_is_asked_for_by_the_senders_country() -> None:
    assert "Einschreiben mit Rückschein" in routes.at_the_counter("DE")
    assert "Ask for" not in routes.at_the_counter(None)
    assert "envelope" in routes.at_the_counter(None)


def test_a_text_too_long_for_a_form_is_told() -> None:
    written = letters.write(FACTS, SENDER, now=NOW)
    form = next(w for w in found().ranked if w.by is By.FORM)

    with pytest.raises(BadInput, match="does not fit"):
        routes.form_text(written, replace(form, max_length=50))


def test_a_folder_that_cannot_be_made_is_told() -> None:
    written = letters.write(FACTS, SENDER, now=NOW)

    with pytest.raises(BadInput) as caught:
        routes.make_ready(written, Path("/proc/nowhere/ready"))

    assert caught.value.field == "out"


def test_without_any_address_or_page_nothing_is_left_but_the_mail() -> None:
    checked = check.check(FACTS | {"channel": None})
    bare = replace(checked, service=replace(checked.service, contacts=(), routes=()))

    assert order(find_routes(bare, "cancel", TODAY)) == [By.EMAIL, By.POST]


def test_a_store_that_bills_is_asked_where_no_source_tells_how() -> None:
    checked = check.check(FACTS | {"channel": "apple"})
    bare = replace(checked, service=replace(checked.service, contacts=(), routes=()))

    (route,) = find_routes(bare, "cancel", TODAY).ranked

    assert (route.by, route.to) == (By.STORE, checked.other_decider)
    assert (route.acceptance, route.steps) == (Acceptance.UNKNOWN, ())


def test_a_page_without_any_address_leaves_the_mail() -> None:
    checked = check.check(FACTS)
    bare = replace(checked, service=replace(checked.service, contacts=()))

    assert find_routes(bare, "cancel", TODAY).together == (By.BUTTON, By.EMAIL)


def test_with_nothing_on_file_erasure_has_no_way() -> None:
    checked = check.check(FACTS | {"country": "US"})
    contacts = tuple(c for c in checked.service.contacts if c.use == "descriptor")
    bare = replace(checked, service=replace(checked.service, contacts=contacts))

    assert find_routes(bare, "erase", TODAY).together == ()


@pytest.mark.parametrize("channel", ["web", "apple", "google", "paypal", "partner"])
@pytest.mark.parametrize("service", ["coursera", "other"])
def test_every_way_says_what_to_keep_and_whom_it_goes_to(
    service: str, channel: str
) -> None:
    facts = {"service": service, "channel": channel, "merchant": "Firm"}
    if service == "other":
        facts |= {"offer": "other"}

    for route in found("cancel", **facts).ranked:
        assert route.keep
        assert route.to


def test_a_way_for_every_offer_needs_no_offer() -> None:
    checked = check.check({"service": "netflix", "channel": "web", "country": "US"})

    answer = find_routes(checked, "cancel", TODAY)

    assert order(answer) == [By.BUTTON]
    assert answer.ranked[0].link == "https://www.netflix.com/account"


def test_an_address_for_privacy_alone_leaves_the_mail() -> None:
    checked = check.check({"service": "netflix", "channel": None, "country": "US"})
    contacts = tuple(c for c in checked.service.contacts if c.use == "privacy")
    bare = replace(checked, service=replace(checked.service, contacts=contacts))

    assert order(find_routes(bare, "cancel", TODAY)) == [By.EMAIL, By.POST]
    assert order(find_routes(bare, "erase", TODAY)) == [By.EMAIL]
