/* way-kind-learn.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-kind-private.h"

static const WayField step_fields[] = {
  WAY_TEXT (WayStepBody, module), WAY_INTEGER (WayStepBody, version, 0, G_MAXINT32),
  WAY_TEXT (WayStepBody, step), /* why, practice, check, shift, or the id of a card */
};

static const WayField note_fields[] = {
  WAY_TEXT (WayNoteBody, module),
  WAY_TEXT (WayNoteBody, text),
  WAY_MAYBE_TEXT (WayNoteBody, step),
  WAY_MAYBE_TEXT (WayNoteBody, note),
};

static const WayField reflection_fields[] = {
  WAY_MAYBE_TEXT (WayReflectionBody, module),
  WAY_TEXT (WayReflectionBody, text),
  WAY_MAYBE_TEXT (WayReflectionBody, outcome),
  WAY_MAYBE_TEXT (WayReflectionBody, learned),
  WAY_MAYBE_TEXT (WayReflectionBody, change),
  WAY_MAYBE_TEXT (WayReflectionBody, code),
  WAY_MAYBE_INTEGER (WayReflectionBody, minutes, 0, 60 * 24 * 366),
  WAY_MAYBE_INTEGER (WayReflectionBody, day, 0, 0),
  WAY_MAYBE_TEXT (WayReflectionBody, reflection),
};

static const WayField shift_done_fields[] = {
  WAY_TEXT (WayShiftDoneBody, module),
  WAY_INTEGER (WayShiftDoneBody, version, 0, G_MAXINT32),
};

static const WayField action_fields[] = {
  WAY_TEXT (WayActionBody, attempt),     WAY_INTEGER (WayActionBody, ordinal, 0, G_MAXINT32),
  WAY_TEXT (WayActionBody, action),      WAY_TEXT (WayActionBody, target),
  WAY_MAYBE_TEXT (WayActionBody, value), WAY_MAYBE_TEXT (WayActionBody, item),
};

static const WayField rule_outcome_fields[] = {
  WAY_TEXT (WayRuleOutcomeBody, attempt),
  WAY_TEXT (WayRuleOutcomeBody, module),
  WAY_TEXT (WayRuleOutcomeBody, desk),
  WAY_TEXT (WayRuleOutcomeBody, rule),
  WAY_MAYBE_TEXT (WayRuleOutcomeBody, record),
  WAY_MAYBE_TEXT (WayRuleOutcomeBody, outcome),
  WAY_BOOLEAN (WayRuleOutcomeBody, held),
  WAY_INTEGER (WayRuleOutcomeBody, points, 0, 0),
  WAY_INTEGER (WayRuleOutcomeBody, out_of, 0, 0),
  WAY_MAYBE_INTEGER (WayRuleOutcomeBody, try, 1, G_MAXINT32),
  WAY_MAYBE_INTEGER (WayRuleOutcomeBody, help, 0, G_MAXINT32),
};

static const WayField evidence_fields[] = {
  WAY_TEXT (WayEvidenceBody, outcome),
  WAY_MAYBE_TEXT (WayEvidenceBody, module),
  WAY_CHOICE (WayEvidenceBody, type, "witnessed|signed-off|used|paper|elsewhere"),
  WAY_MAYBE_TEXT (WayEvidenceBody, note),
  WAY_MAYBE_TEXT (WayEvidenceBody, seen),
  WAY_MAYBE_TEXT (WayEvidenceBody, by),
  WAY_MAYBE_TEXT (WayEvidenceBody, result),
  WAY_MAYBE_TEXT (WayEvidenceBody, asked),
};

static const WayField evidence_answer_fields[] = {
  WAY_TEXT (WayEvidenceAnswerBody, evidence),
  WAY_CHOICE (WayEvidenceAnswerBody, answer, "agreed|not-quite|withdrawn"),
  WAY_MAYBE_TEXT (WayEvidenceAnswerBody, text),
  WAY_MAYBE_TEXT (WayEvidenceAnswerBody, by),
};

static const WayField evidence_file_fields[] = {
  WAY_TEXT (WayEvidenceFileBody, evidence),
  WAY_TEXT (WayEvidenceFileBody, name),
  WAY_CHOICE (WayEvidenceFileBody, type, "image/png|image/jpeg|application/pdf|text/plain"),
  WAY_INTEGER (WayEvidenceFileBody, n, 1, 32),
  WAY_INTEGER (WayEvidenceFileBody, of, 1, 32),
  WAY_TEXT (WayEvidenceFileBody, data),
};

static const WayField certificate_fields[] = {
  WAY_MAYBE_TEXT (WayCertificateBody, module),
  WAY_MAYBE_TEXT (WayCertificateBody, number),
  WAY_MAYBE_TEXT (WayCertificateBody, pathway),
  WAY_TEXT (WayCertificateBody, pack),
  WAY_INTEGER (WayCertificateBody, pack_version, 0, G_MAXINT32),
  WAY_INTEGER (WayCertificateBody, version, 0, G_MAXINT32),
  WAY_INTEGER (WayCertificateBody, earned, 0, 0),
};

/* What learning and practising leave. */
const WayKind way_kinds_learn[] = {
  WAY_KIND ("step", WayStepBody, step_fields),
  WAY_KIND ("note", WayNoteBody, note_fields),
  WAY_KIND ("reflection", WayReflectionBody, reflection_fields),
  WAY_KIND ("shift_done", WayShiftDoneBody, shift_done_fields),
  WAY_KIND ("action", WayActionBody, action_fields),
  WAY_KIND ("rule_outcome", WayRuleOutcomeBody, rule_outcome_fields),
  WAY_KIND ("evidence", WayEvidenceBody, evidence_fields),
  WAY_KIND ("evidence_answer", WayEvidenceAnswerBody, evidence_answer_fields),
  WAY_KIND ("evidence_file", WayEvidenceFileBody, evidence_file_fields),
  WAY_KIND ("certificate", WayCertificateBody, certificate_fields),
};
const guint way_n_kinds_learn = G_N_ELEMENTS (way_kinds_learn);
