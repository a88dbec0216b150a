/* way-kind-measure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-kind-private.h"

/* A check that somebody takes before the lesson, who may know it already. */
#define PURPOSES "test-out"
#define TYPES "baseline|closer|recheck|yes-no|check|practice|refresher"

static const WayField attempt_fields[] = {
  WAY_CHOICE (WayAttemptBody, type, TYPES),
  WAY_TEXT (WayAttemptBody, pack),
  WAY_INTEGER (WayAttemptBody, pack_version, 0, G_MAXINT32),
  WAY_TEXT (WayAttemptBody, parameters),
  WAY_TEXT (WayAttemptBody, language),
  WAY_TEXT (WayAttemptBody, seed),
  WAY_MAYBE_TEXT (WayAttemptBody, required),
  WAY_MAYBE_TEXT (WayAttemptBody, self_now),
  WAY_MAYBE_TEXT (WayAttemptBody, recent),
  WAY_MAYBE_TEXT (WayAttemptBody, exposed),
  WAY_MAYBE_TEXT (WayAttemptBody, recheck),
  WAY_MAYBE_DECIMAL (WayAttemptBody, prior_mean, 0, 0),
  WAY_MAYBE_DECIMAL (WayAttemptBody, prior_sd, 0, G_MAXDOUBLE),
  WAY_MAYBE_TEXT (WayAttemptBody, module),
  WAY_MAYBE_TEXT (WayAttemptBody, desk),
  WAY_MAYBE_TEXT (WayAttemptBody, draw),
  WAY_MAYBE_INTEGER (WayAttemptBody, try, 0, G_MAXINT32),
  WAY_MAYBE_TEXT (WayAttemptBody, continues),
  WAY_MAYBE_INTEGER (WayAttemptBody, level, 1, 4),
  WAY_MAYBE_DECIMAL (WayAttemptBody, rho, -1, 1),
  WAY_MAYBE_TEXT (WayAttemptBody, cuts),
  WAY_MAYBE_DECIMAL (WayAttemptBody, rapid, 0, 1),
  WAY_MAYBE_INTEGER (WayAttemptBody, minutes, 0, G_MAXINT32),
  WAY_MAYBE_CHOICE (WayAttemptBody, purpose, PURPOSES),
  WAY_MAYBE_CHOICE (WayAttemptBody, balance, "verdict"),
};

static const WayField selection_fields[] = {
  WAY_TEXT (WaySelectionBody, attempt),
  WAY_INTEGER (WaySelectionBody, ordinal, 0, G_MAXINT32),
  WAY_TEXT (WaySelectionBody, item),
  WAY_TEXT (WaySelectionBody, capability),
  WAY_DECIMAL (WaySelectionBody, value, 0, 0),
  WAY_DECIMAL (WaySelectionBody, information, 0, 0),
  WAY_INTEGER (WaySelectionBody, pool, 0, G_MAXINT32),
  WAY_INTEGER (WaySelectionBody, rank, 0, G_MAXINT32),
  WAY_TEXT (WaySelectionBody, reason),
  WAY_MAYBE_INTEGER (WaySelectionBody, enemies, 0, G_MAXINT32),
  WAY_MAYBE_INTEGER (WaySelectionBody, recent, 0, G_MAXINT32),
  WAY_MAYBE_INTEGER (WaySelectionBody, exposed, 0, G_MAXINT32),
};

static const WayField response_fields[] = {
  WAY_TEXT (WayResponseBody, attempt),        WAY_INTEGER (WayResponseBody, ordinal, 0, G_MAXINT32),
  WAY_TEXT (WayResponseBody, item),           WAY_TEXT (WayResponseBody, answer),
  WAY_DECIMAL (WayResponseBody, score, 0, 0), WAY_INTEGER (WayResponseBody, ms, 0, G_MAXINT64),
  WAY_BOOLEAN (WayResponseBody, dont_know),   WAY_BOOLEAN (WayResponseBody, counted),
};

static const WayField attempt_end_fields[] = {
  WAY_TEXT (WayAttemptEndBody, attempt),
  WAY_CHOICE (WayAttemptEndBody, type, TYPES),
  WAY_CHOICE (WayAttemptEndBody,
              how,
              "decided|precise|length|exhausted|time|open|finished|stopped|superseded"),
  WAY_MAYBE_TEXT (WayAttemptEndBody, module),
  WAY_MAYBE_TEXT (WayAttemptEndBody, desk),
  WAY_INTEGER (WayAttemptEndBody, asked, 0, G_MAXINT32),
  WAY_INTEGER (WayAttemptEndBody, right, 0, G_MAXINT32),
  WAY_DECIMAL (WayAttemptEndBody, score, 0, 0),
  WAY_BOOLEAN (WayAttemptEndBody, passed),
  WAY_MAYBE_CHOICE (WayAttemptEndBody, doubt, "effort"),
  WAY_MAYBE_CHOICE (WayAttemptEndBody, purpose, PURPOSES),
};

static const WayField estimate_fields[] = {
  WAY_TEXT (WayEstimateBody, attempt),
  WAY_TEXT (WayEstimateBody, capability),
  WAY_DECIMAL (WayEstimateBody, mean, 0, 0),
  WAY_DECIMAL (WayEstimateBody, sd, 0, G_MAXDOUBLE),
  WAY_DECIMAL (WayEstimateBody, p1, 0, 1),
  WAY_DECIMAL (WayEstimateBody, p2, 0, 1),
  WAY_DECIMAL (WayEstimateBody, p3, 0, 1),
  WAY_DECIMAL (WayEstimateBody, p4, 0, 1),
  WAY_INTEGER (WayEstimateBody, items, 0, G_MAXINT32),
  WAY_BOOLEAN (WayEstimateBody, provisional),
  WAY_INTEGER (WayEstimateBody, required, 1, 4),
  WAY_DECIMAL (WayEstimateBody, p_required, 0, 1),
  WAY_CHOICE (WayEstimateBody, standing, "met|not-yet|not-sure"),
  WAY_TEXT (WayEstimateBody, parameters),
};

static const WayField self_rating_fields[] = {
  WAY_TEXT (WaySelfRatingBody, capability),
  WAY_INTEGER (WaySelfRatingBody, now, 1, 4),
  WAY_INTEGER (WaySelfRatingBody, need, 1, 4),
};

static const WayField confidence_fields[] = {
  WAY_TEXT (WayConfidenceBody, module),
  WAY_CHOICE (WayConfidenceBody, moment, "before|after"),
  WAY_INTEGER (WayConfidenceBody, value, 0, 10),
};

static const WayField barrier_fields[] = {
  WAY_TEXT (WayBarrierBody, barrier),
  WAY_INTEGER (WayBarrierBody, value, 0, 0),
};

static const WayField about_me_fields[] = {
  WAY_TEXT (WayAboutMeBody, key),
  WAY_TEXT (WayAboutMeBody, value),
};

static const WayField preference_fields[] = {
  WAY_TEXT (WayPreferenceBody, key),
  WAY_TEXT (WayPreferenceBody, value),
};

/* What a sitting, a check or a practice task leaves, and what people say of themselves. */
const WayKind way_kinds_measure[] = {
  WAY_KIND ("attempt", WayAttemptBody, attempt_fields),
  WAY_KIND ("selection", WaySelectionBody, selection_fields),
  WAY_KIND ("response", WayResponseBody, response_fields),
  WAY_KIND ("attempt_end", WayAttemptEndBody, attempt_end_fields),
  WAY_KIND ("estimate", WayEstimateBody, estimate_fields),
  WAY_KIND ("self_rating", WaySelfRatingBody, self_rating_fields),
  WAY_KIND ("confidence", WayConfidenceBody, confidence_fields),
  WAY_KIND ("barrier", WayBarrierBody, barrier_fields),
  WAY_KIND ("about_me", WayAboutMeBody, about_me_fields),
  WAY_KIND ("preference", WayPreferenceBody, preference_fields),
};
const guint way_n_kinds_measure = G_N_ELEMENTS (way_kinds_measure);
