/* way-kind-support.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-kind-private.h"

static const WayField help_request_fields[] = {
  WAY_TEXT (WayHelpRequestBody, page),         WAY_MAYBE_TEXT (WayHelpRequestBody, module),
  WAY_MAYBE_TEXT (WayHelpRequestBody, item),   WAY_TEXT (WayHelpRequestBody, text),
  WAY_MAYBE_TEXT (WayHelpRequestBody, topic),  WAY_MAYBE_INTEGER (WayHelpRequestBody, urgent, 0, 1),
  WAY_MAYBE_TEXT (WayHelpRequestBody, system), WAY_MAYBE_TEXT (WayHelpRequestBody, called),
  WAY_MAYBE_TEXT (WayHelpRequestBody, by),
};

static const WayField help_action_fields[] = {
  WAY_TEXT (WayHelpActionBody, request),
  WAY_CHOICE (WayHelpActionBody, action, "taken|answered|passed|closed|fixed|not-fixed"),
  WAY_MAYBE_TEXT (WayHelpActionBody, text),
  WAY_MAYBE_TEXT (WayHelpActionBody, to),
  WAY_MAYBE_TEXT (WayHelpActionBody, by),
};

/* "I am fine": no help is wanted with a module, after tries that were not passed. */
static const WayField help_declined_fields[] = {
  WAY_TEXT (WayHelpDeclinedBody, module),
};

static const WayField help_given_fields[] = {
  WAY_TEXT (WayHelpGivenBody, topic),
  WAY_INTEGER (WayHelpGivenBody, people, 0, G_MAXINT32),
  WAY_INTEGER (WayHelpGivenBody, minutes, 0, G_MAXINT32),
  WAY_MAYBE_TEXT (WayHelpGivenBody, text),
  WAY_MAYBE_INTEGER (WayHelpGivenBody, day, 0, 0),
  WAY_MAYBE_TEXT (WayHelpGivenBody, by),
  WAY_MAYBE_TEXT (WayHelpGivenBody, system),
};

static const WayField on_call_fields[] = {
  WAY_TEXT (WayOnCallBody, name),
  WAY_MAYBE_TEXT (WayOnCallBody, shifts),
  WAY_MAYBE_TEXT (WayOnCallBody, systems),
  WAY_BOOLEAN (WayOnCallBody, ended),
};

static const WayField feedback_fields[] = {
  WAY_CHOICE (WayFeedbackBody, type, "problem|idea|praise|worry"),
  WAY_TEXT (WayFeedbackBody, text),
  WAY_TEXT (WayFeedbackBody, page),
  WAY_MAYBE_TEXT (WayFeedbackBody, module),
  WAY_MAYBE_TEXT (WayFeedbackBody, token),
  WAY_MAYBE_TEXT (WayFeedbackBody, system),
};

static const WayField drop_answer_fields[] = {
  WAY_TEXT (WayDropAnswerBody, token),
  WAY_TEXT (WayDropAnswerBody, source),
  WAY_CHOICE (WayDropAnswerBody, action, "heard|themed|decided|done|replied|joined"),
  WAY_MAYBE_CHOICE (WayDropAnswerBody, decision, "yes|no|later"),
  WAY_MAYBE_TEXT (WayDropAnswerBody, because),
  WAY_MAYBE_TEXT (WayDropAnswerBody, text),
};

static const WayField feedback_action_fields[] = {
  WAY_TEXT (WayFeedbackActionBody, feedback),
  WAY_CHOICE (WayFeedbackActionBody,
              action,
              "heard|themed|decided|done|replied|sorted|joined|parted|published"),
  WAY_MAYBE_CHOICE (WayFeedbackActionBody, decision, "yes|no|later"),
  WAY_MAYBE_TEXT (WayFeedbackActionBody, because),
  WAY_MAYBE_TEXT (WayFeedbackActionBody, text),
  WAY_MAYBE_TEXT (WayFeedbackActionBody, theme),
  WAY_MAYBE_TEXT (WayFeedbackActionBody, owner),
  WAY_MAYBE_TEXT (WayFeedbackActionBody, due),
  WAY_MAYBE_TEXT (WayFeedbackActionBody, joined),
  WAY_MAYBE_TEXT (WayFeedbackActionBody, initiative),
  WAY_MAYBE_TEXT (WayFeedbackActionBody, module),
  WAY_MAYBE_TEXT (WayFeedbackActionBody, published),
};

/* What people said, in the words of the trust and for everybody, and what came of it. */
static const WayField published_fields[] = {
  WAY_MAYBE_TEXT (WayPublishedBody, published),
  WAY_CHOICE (WayPublishedBody, type, "problem|idea|praise|worry"),
  WAY_TEXT (WayPublishedBody, said),
  WAY_CHOICE (WayPublishedBody, state, "open|decided|done"),
  WAY_MAYBE_CHOICE (WayPublishedBody, decision, "yes|no|later"),
  WAY_MAYBE_TEXT (WayPublishedBody, because),
  WAY_MAYBE_TEXT (WayPublishedBody, did),
  WAY_MAYBE_TEXT (WayPublishedBody, theme),
  WAY_MAYBE_TEXT (WayPublishedBody, measure),
  WAY_MAYBE_DECIMAL (WayPublishedBody, before, 0, 0),
  WAY_MAYBE_DECIMAL (WayPublishedBody, after, 0, 0),
  WAY_MAYBE_INTEGER (WayPublishedBody, people, 8, G_MAXINT32),
  WAY_MAYBE_TEXT (WayPublishedBody, initiative),
  WAY_MAYBE_TEXT (WayPublishedBody, module),
};

static const WayField vote_fields[] = {
  WAY_TEXT (WayVoteBody, feedback),
  WAY_INTEGER (WayVoteBody, value, 0, 0),
};

static const WayField trial_fields[] = {
  WAY_TEXT (WayTrialBody, feedback),      WAY_TEXT (WayTrialBody, text),
  WAY_MAYBE_TEXT (WayTrialBody, result),  WAY_MAYBE_TEXT (WayTrialBody, trial),
  WAY_MAYBE_TEXT (WayTrialBody, measure), WAY_MAYBE_TEXT (WayTrialBody, until),
};

static const WayField champion_term_fields[] = {
  WAY_CHOICE (WayChampionTermBody,
              state,
              "put-forward|nominated|accepted|appointed|trained|active|paused|ended"),
  WAY_MAYBE_TEXT (WayChampionTermBody, shifts),
  WAY_MAYBE_TEXT (WayChampionTermBody, systems),
  WAY_MAYBE_INTEGER (WayChampionTermBody, minutes, 0, G_MAXINT32),
  WAY_MAYBE_TEXT (WayChampionTermBody, term),
  WAY_MAYBE_INTEGER (WayChampionTermBody, until, 0, 0),
  WAY_MAYBE_TEXT (WayChampionTermBody, text),
};

static const WayField rota_fields[] = {
  WAY_TEXT (WayRotaBody, week),
  WAY_TEXT (WayRotaBody, shifts),
};

static const WayField session_fields[] = {
  WAY_TEXT (WaySessionBody, title),           WAY_MAYBE_TEXT (WaySessionBody, place),
  WAY_INTEGER (WaySessionBody, starts, 0, 0), WAY_INTEGER (WaySessionBody, minutes, 0, G_MAXINT32),
  WAY_MAYBE_TEXT (WaySessionBody, text),      WAY_MAYBE_TEXT (WaySessionBody, by),
  WAY_MAYBE_TEXT (WaySessionBody, session),
};

static const WayField attendance_fields[] = {
  WAY_TEXT (WayAttendanceBody, session),
  WAY_MAYBE_CHOICE (WayAttendanceBody, state, "coming|not-coming|came|not-there"),
};

static const WayField thanks_fields[] = {
  WAY_TEXT (WayThanksBody, text),
  WAY_MAYBE_TEXT (WayThanksBody, about),
};

static const WayField corner_question_fields[] = {
  WAY_TEXT (WayCornerQuestionBody, topic),
  WAY_TEXT (WayCornerQuestionBody, text),
  WAY_MAYBE_TEXT (WayCornerQuestionBody, by),
};

static const WayField corner_action_fields[] = {
  WAY_TEXT (WayCornerActionBody, question),
  WAY_CHOICE (WayCornerActionBody, action, "answered|taken-down"),
  WAY_MAYBE_TEXT (WayCornerActionBody, answer),
  WAY_TEXT (WayCornerActionBody, text),
  WAY_MAYBE_TEXT (WayCornerActionBody, by),
};

/* "This worked": a champion's answer to another champion, for everybody, without a name. */
static const WayField tip_fields[] = {
  WAY_TEXT (WayTipBody, answer),         WAY_CHOICE (WayTipBody, state, "worked|taken-down"),
  WAY_MAYBE_TEXT (WayTipBody, question), WAY_MAYBE_TEXT (WayTipBody, topic),
  WAY_MAYBE_TEXT (WayTipBody, text),
};

static const WayField initiative_fields[] = {
  WAY_TEXT (WayInitiativeBody, title),
  WAY_CHOICE (WayInitiativeBody, state, "proposed|assessed|agreed|under-way|live|reviewed|closed"),
  WAY_MAYBE_TEXT (WayInitiativeBody, text),
  WAY_MAYBE_TEXT (WayInitiativeBody, initiative),
  WAY_MAYBE_TEXT (WayInitiativeBody, template),
  WAY_MAYBE_TEXT (WayInitiativeBody, who),
  WAY_MAYBE_TEXT (WayInitiativeBody, because),
  WAY_MAYBE_TEXT (WayInitiativeBody, why),
  WAY_MAYBE_TEXT (WayInitiativeBody, units),
  WAY_MAYBE_TEXT (WayInitiativeBody, roles),
  WAY_MAYBE_TEXT (WayInitiativeBody, benefit),
  WAY_MAYBE_TEXT (WayInitiativeBody, measure),
  WAY_MAYBE_DECIMAL (WayInitiativeBody, before, 0, 0),
  WAY_MAYBE_DECIMAL (WayInitiativeBody, expected, 0, 0),
  WAY_MAYBE_DECIMAL (WayInitiativeBody, after, 0, 0),
  WAY_MAYBE_TEXT (WayInitiativeBody, superusers),
  WAY_MAYBE_TEXT (WayInitiativeBody, modules),
  WAY_MAYBE_TEXT (WayInitiativeBody, parts),
  WAY_MAYBE_TEXT (WayInitiativeBody, risks),
  WAY_MAYBE_TEXT (WayInitiativeBody, go_live),
};

static const WayField pulse_fields[] = {
  WAY_MAYBE_TEXT (WayPulseBody, initiative),
  WAY_TEXT (WayPulseBody, question),
  WAY_INTEGER (WayPulseBody, closes, 0, 0),
  WAY_MAYBE_INTEGER (WayPulseBody, opens, 0, 0),
  WAY_MAYBE_CHOICE (WayPulseBody, moment, "before|at|after"),
  WAY_MAYBE_INTEGER (WayPulseBody, share, 1, 1000),
  WAY_MAYBE_INTEGER (WayPulseBody, sample, 1, G_MAXINT32),
  WAY_MAYBE_TEXT (WayPulseBody, question2),
  WAY_MAYBE_TEXT (WayPulseBody, question3),
  WAY_MAYBE_TEXT (WayPulseBody, question4),
  WAY_MAYBE_TEXT (WayPulseBody, question5),
  WAY_MAYBE_TEXT (WayPulseBody, units),
  WAY_MAYBE_TEXT (WayPulseBody, roles),
};

static const WayField pulse_answer_fields[] = {
  WAY_TEXT (WayPulseAnswerBody, pulse),
  WAY_INTEGER (WayPulseAnswerBody, value, 0, 0),
  WAY_MAYBE_TEXT (WayPulseAnswerBody, text),
  WAY_MAYBE_INTEGER (WayPulseAnswerBody, question, 1, 5),
};

static const WayField notice_fields[] = {
  WAY_TEXT (WayNoticeBody, title),
  WAY_TEXT (WayNoticeBody, text),
  WAY_MAYBE_INTEGER (WayNoticeBody, until, 0, 0),
  WAY_MAYBE_INTEGER (WayNoticeBody, starts, 0, 0),
};

/* Help, what people tell the trust, champions, and technologies being introduced. */
const WayKind way_kinds_support[] = {
  WAY_KIND ("help_request", WayHelpRequestBody, help_request_fields),
  WAY_KIND ("help_action", WayHelpActionBody, help_action_fields),
  WAY_KIND ("help_declined", WayHelpDeclinedBody, help_declined_fields),
  WAY_KIND ("help_given", WayHelpGivenBody, help_given_fields),
  WAY_KIND ("on_call", WayOnCallBody, on_call_fields),
  WAY_KIND ("feedback", WayFeedbackBody, feedback_fields),
  WAY_KIND ("feedback_action", WayFeedbackActionBody, feedback_action_fields),
  WAY_KIND ("published", WayPublishedBody, published_fields),
  WAY_KIND ("drop_answer", WayDropAnswerBody, drop_answer_fields),
  WAY_KIND ("vote", WayVoteBody, vote_fields),
  WAY_KIND ("trial", WayTrialBody, trial_fields),
  WAY_KIND ("champion_term", WayChampionTermBody, champion_term_fields),
  WAY_KIND ("rota", WayRotaBody, rota_fields),
  WAY_KIND ("session", WaySessionBody, session_fields),
  WAY_KIND ("attendance", WayAttendanceBody, attendance_fields),
  WAY_KIND ("thanks", WayThanksBody, thanks_fields),
  WAY_KIND ("corner_question", WayCornerQuestionBody, corner_question_fields),
  WAY_KIND ("corner_action", WayCornerActionBody, corner_action_fields),
  WAY_KIND ("tip", WayTipBody, tip_fields),
  WAY_KIND ("initiative", WayInitiativeBody, initiative_fields),
  WAY_KIND ("pulse", WayPulseBody, pulse_fields),
  WAY_KIND ("pulse_answer", WayPulseAnswerBody, pulse_answer_fields),
  WAY_KIND ("notice", WayNoticeBody, notice_fields),
};
const guint way_n_kinds_support = G_N_ELEMENTS (way_kinds_support);
