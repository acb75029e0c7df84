"""The addresses of the pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import path

from rescind.extras import import_part
from rescind.web.views import (
    answer,
    cases,
    check,
    errors,
    facts,
    follow,
    home,
    law,
    letters,
    proof,
    settings,
    worker,
)

View = Callable[..., HttpResponse]


def _spending(name: str) -> View:
    """Return a page on statements, whose parts are imported when it is first asked for.

    They take 0.2 s and 200 MB of disk: a slim install is without them, and its page
    says what to install.
    """

    def view(request: HttpRequest, **given: str) -> HttpResponse:
        page: View = getattr(import_part("rescind.web.views.spending"), name)
        return page(request, **given)

    return view


urlpatterns = [
    path("", home.home, name="home"),
    path("new/", facts.begin, name="begin"),
    path("cases/<uuid:case_id>/facts/", facts.facts, name="facts"),
    path("cases/<uuid:case_id>/facts/read/", facts.read_back, name="facts-read"),
    path("cases/<uuid:case_id>/facts/service/", facts.turn_to, name="facts-service"),
    path("cases/<uuid:case_id>/answer/", answer.show, name="answer-page"),
    path("cases/<uuid:case_id>/letters/", letters.letters, name="letters"),
    path("cases/<uuid:case_id>/letters/<slug:kind>.pdf", letters.pdf, name="bench-pdf"),
    path(
        "cases/<uuid:case_id>/letters/<slug:kind>.eml", letters.draft, name="bench-eml"
    ),
    path("cases/<uuid:case_id>/tell/", answer.tell, name="tell"),
    path("services/", home.services, name="services"),
    path("services/<slug:slug>/", home.service, name="service"),
    path("about/", home.about, name="about"),
    path("law/", law.law, name="law"),
    path("verify/", proof.verify, name="verify"),
    path("proof/", proof.about, name="proof"),
    path("worker/", settings.turn_to, {"fold": "runs"}, name="worker"),
    path("settings/", settings.settings, name="settings"),
    path("settings/you/", settings.you, name="settings-you"),
    path("settings/mailbox/", settings.mailbox, name="settings-mailbox"),
    path("settings/reminders/", settings.reminders, name="settings-reminders"),
    path("settings/proof/", settings.proof, name="settings-proof"),
    path("settings/backup/", settings.backup, name="settings-backup"),
    path("settings/delete/", settings.delete, name="settings-delete"),
    path("notices/", settings.turn_to, {"fold": "reminders"}, name="notices"),
    path("health", worker.health, name="health"),
    path("metrics", worker.metrics, name="metrics"),
    path("spending/", _spending("show"), name="spending"),
    path("spending.json", _spending("as_json"), name="spending-json"),
    path("spending/read/", _spending("add"), name="import-add"),
    path("spending/read/<uuid:import_id>/", _spending("read"), name="import"),
    path(
        "spending/forget/<uuid:import_id>/", _spending("forget"), name="import-forget"
    ),
    path("spending/<slug:finding_id>/", _spending("one"), name="finding"),
    path("spending/<slug:finding_id>/end/", _spending("end"), name="finding-end"),
    path(
        "spending/<slug:finding_id>/<slug:act>/",
        _spending("decide"),
        name="finding-act",
    ),
    path("check/<slug:slug>/", check.check, name="check"),
    path("check/<slug:slug>/plan.ics", check.calendar, name="calendar"),
    path("cases/", cases.list_cases, name="cases"),
    path("cases/due.ics", cases.due_calendar, name="due"),
    path("cases/drafts.zip", cases.drafts, name="drafts"),
    path("cases/new/<slug:slug>/", cases.new, name="case-new"),
    path("cases/<uuid:case_id>/", cases.show, name="case"),
    path("cases/<uuid:case_id>/letter/", cases.letter, name="letter"),
    path("cases/<uuid:case_id>/letter.png", cases.picture, name="letter-picture"),
    path("cases/<uuid:case_id>/letter.eml", cases.draft, name="letter-draft"),
    path("cases/<uuid:case_id>/files/<str:digest>/", cases.file, name="file"),
    path("cases/<uuid:case_id>/send/", cases.send, name="send"),
    path("cases/<uuid:case_id>/said/", cases.said, name="said"),
    path("cases/<uuid:case_id>/unsent/", cases.unsent, name="unsent"),
    path("cases/<uuid:case_id>/reply/", cases.reply, name="reply"),
    path("cases/<uuid:case_id>/theirs/<str:digest>/", cases.theirs, name="theirs"),
    path("cases/<uuid:case_id>/keep/", cases.keep, name="keep"),
    path("cases/<uuid:case_id>/seal/", proof.seal, name="seal"),
    path("cases/<uuid:case_id>/retry/", proof.retry, name="retry"),
    path("cases/<uuid:case_id>/confirm/", cases.confirm, name="confirm"),
    path("cases/<uuid:case_id>/recall/", follow.recall, name="recall"),
    path("cases/<uuid:case_id>/next/", follow.write_next, name="next"),
    path("cases/<uuid:case_id>/skip/", follow.skip, name="skip"),
    path("cases/<uuid:case_id>/happened/", follow.happened, name="happened"),
    path("cases/<uuid:case_id>/close/", cases.close, name="close"),
    path("cases/<uuid:case_id>/forget/", cases.forget, name="forget"),
]

handler404 = errors.not_found
