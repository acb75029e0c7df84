"""The addresses of the pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import path

from rescind.extras import import_part
from rescind.web.views import (
    answer,
    answers,
    case_steps,
    cases,
    corrections,
    errors,
    facts,
    follow,
    home,
    law,
    letters,
    moved,
    offline,
    proof,
    settings,
    several,
    worker,
)

View = Callable[..., HttpResponse]


def _statements(module: str, name: str) -> View:
    """Return a page on statements, whose parts are imported when it is first asked for.

    They take 0.2 s and 200 MB of disk: a slim install is without them, and its page
    says what to install.
    """

    def view(request: HttpRequest, **given: str) -> HttpResponse:
        page: View = getattr(import_part(f"rescind.web.views.{module}"), name)
        return page(request, **given)

    return view


def _spending(name: str) -> View:
    return _statements("spending", name)


def _uploads(name: str) -> View:
    return _statements("uploads", name)


urlpatterns = [
    path("", home.home, name="home"),
    path("new/", facts.begin, name="begin"),
    path("cases/<uuid:case_id>/facts/", facts.facts, name="facts"),
    path("cases/<uuid:case_id>/facts/read/", facts.read_back, name="facts-read"),
    path("cases/<uuid:case_id>/facts/service/", facts.turn_to, name="facts-service"),
    path("cases/<uuid:case_id>/answer/", answer.show, name="answer-page"),
    path("cases/<uuid:case_id>/steps/", case_steps.steps, name="steps"),
    path("cases/<uuid:case_id>/letters/", letters.letters, name="letters"),
    path("cases/<uuid:case_id>/letters/<slug:kind>.pdf", letters.pdf, name="bench-pdf"),
    path(
        "cases/<uuid:case_id>/letters/<slug:kind>.eml", letters.draft, name="bench-eml"
    ),
    path("cases/<uuid:case_id>/go-on/", answer.go_on, name="go-on"),
    path("cases/<uuid:case_id>/tell/", answer.tell, name="tell"),
    path("cases/<uuid:case_id>/plan.ics", answer.days, name="plan-days"),
    path("several/", several.begin, name="several"),
    path("several/facts/", several.facts, name="several-facts"),
    path("several/letters/", several.letters, name="several-letters"),
    path("several/letters.zip", several.papers, name="several-papers"),
    path("help/", home.help_page, name="help"),
    path("help/services/<slug:slug>/", home.service, name="service"),
    path("offline/", offline.copy, name="offline"),
    path("offline.worker.js", offline.worker, name="offline-worker"),
    path("law/", law.law, name="law"),
    path("verify/", proof.verify, name="verify"),
    path("proof/", proof.about, name="proof"),
    path("worker/", settings.turn_to, {"fold": "runs"}, name="worker"),
    path("settings/", settings.settings, name="settings"),
    path("settings/you/", settings.you, name="settings-you"),
    path("settings/mailbox/", settings.mailbox, name="settings-mailbox"),
    path("settings/reminders/", settings.reminders, name="settings-reminders"),
    path(
        "settings/language/",
        settings.preference,
        {"fold": "language"},
        name="settings-language",
    ),
    path("settings/zone/", settings.preference, {"fold": "zone"}, name="settings-zone"),
    path("settings/proof/", settings.proof, name="settings-proof"),
    path("settings/backup/", settings.backup, name="settings-backup"),
    path("settings/delete/", settings.delete, name="settings-delete"),
    path("notices/", settings.turn_to, {"fold": "reminders"}, name="notices"),
    path("health", worker.health, name="health"),
    path("metrics", worker.metrics, name="metrics"),
    path("spending/", _spending("show"), name="spending"),
    path("spending.json", _spending("as_json"), name="spending-json"),
    path("spending/read/", _uploads("add"), name="import-add"),
    path("spending/read/<uuid:import_id>/", _uploads("read"), name="import"),
    path("spending/forget/<uuid:import_id>/", _uploads("forget"), name="import-forget"),
    path("spending/write/", _spending("write"), name="by-hand-add"),
    path("spending/write/<uuid:key>/", _spending("write"), name="by-hand"),
    path("spending/strike/<uuid:key>/", _spending("strike"), name="by-hand-strike"),
    path("spending/several/", _spending("end_several"), name="finding-several"),
    path("spending/<slug:finding_id>/", _spending("one"), name="finding"),
    path("spending/<slug:finding_id>/end/", _spending("end"), name="finding-end"),
    path(
        "spending/<slug:finding_id>/<slug:act>/",
        _spending("decide"),
        name="finding-act",
    ),
    path("cases/", cases.list_cases, name="cases"),
    path("cases/due.ics", cases.due_calendar, name="due"),
    path("cases/drafts.zip", cases.drafts, name="drafts"),
    path("cases/<uuid:case_id>/", cases.show, name="case"),
    path("cases/<uuid:case_id>/files/<str:digest>/", cases.file, name="file"),
    path("cases/<uuid:case_id>/said/", cases.said, name="said"),
    path("cases/<uuid:case_id>/unsent/", cases.unsent, name="unsent"),
    path("cases/<uuid:case_id>/reply/", answers.reply, name="reply"),
    path("cases/<uuid:case_id>/others/", answers.answered, name="third-party"),
    path("cases/<uuid:case_id>/theirs/<str:digest>/", cases.theirs, name="theirs"),
    path("cases/<uuid:case_id>/keep/", cases.keep, name="keep"),
    path("cases/<uuid:case_id>/seal/", proof.seal, name="seal"),
    path("cases/<uuid:case_id>/retry/", proof.retry, name="retry"),
    path(
        "cases/<uuid:case_id>/confirmation/",
        case_steps.confirmation,
        name="confirmation",
    ),
    path("cases/<uuid:case_id>/charged/", case_steps.charged, name="charged"),
    path("cases/<uuid:case_id>/aside/", corrections.put_aside, name="set-aside"),
    path("cases/<uuid:case_id>/back/", corrections.put_back, name="put-back"),
    path(
        "cases/<uuid:case_id>/reads/<str:digest>/", corrections.reads_as, name="reads"
    ),
    path("cases/<uuid:case_id>/day/", corrections.their_day, name="their-day"),
    path("cases/<uuid:case_id>/confirm/", cases.confirm, name="confirm"),
    path("cases/<uuid:case_id>/recall/", follow.recall, name="recall"),
    path("cases/<uuid:case_id>/skip/", follow.skip, name="skip"),
    path("cases/<uuid:case_id>/paid/", follow.how_paid, name="how-paid"),
    path("cases/<uuid:case_id>/happened/", follow.happened, name="happened"),
    path("cases/<uuid:case_id>/close/", cases.close, name="close"),
    path("cases/<uuid:case_id>/forget/", cases.forget, name="forget"),
    # earlier addresses
    path("check/", moved.to_home),
    path("check/<slug:slug>/", moved.to_begin),
    path("services/", moved.to_help),
    path("services/<slug:slug>/", moved.to_service),
    path("about/", moved.to_help),
    path("cases/new/<slug:slug>/", moved.to_begin),
    path("cases/<uuid:case_id>/letter/", moved.to_letters),
]

handler404 = errors.not_found
