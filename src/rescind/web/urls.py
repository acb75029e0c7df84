"""The addresses of the pages."""

from django.urls import path

from rescind.web.views import cases, check, errors, follow, home, law, proof, worker

urlpatterns = [
    path("", home.home, name="home"),
    path("services/", home.services, name="services"),
    path("services/<slug:slug>/", home.service, name="service"),
    path("about/", home.about, name="about"),
    path("law/", law.law, name="law"),
    path("verify/", proof.verify, name="verify"),
    path("proof/", proof.about, name="proof"),
    path("worker/", worker.show, name="worker"),
    path("notices/", worker.notices, name="notices"),
    path("notices/test/", worker.test_notice, name="notices-test"),
    path("health", worker.health, name="health"),
    path("metrics", worker.metrics, name="metrics"),
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
    path("cases/<uuid:case_id>/answer/", cases.answer, name="answer"),
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
