/* adaptive-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A question that is answered until it is right, with a hint on request: the later, the less it
 * earns. */
#define ADAPTIVE                                                                                   \
  "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='AD' "      \
  "title='T' adaptive='true' time-dependent='false' xml:lang='en'>"                                \
  "<qti-response-declaration identifier='RESPONSE' cardinality='single' base-type='identifier'>"   \
  "<qti-correct-response><qti-value>b</qti-value></qti-correct-response>"                          \
  "</qti-response-declaration><qti-response-declaration identifier='HINT' cardinality='single' "   \
  "base-type='boolean'/><qti-outcome-declaration identifier='SCORE' cardinality='single' "         \
  "base-type='float'/><qti-outcome-declaration identifier='SAID' cardinality='single' "            \
  "base-type='identifier'/><qti-item-body><p>Which is it? <qti-feedback-inline "                   \
  "outcome-identifier='SAID' identifier='hint' show-hide='show'>It is not "                        \
  "A.</qti-feedback-inline>"                                                                       \
  "</p><qti-choice-interaction response-identifier='RESPONSE' max-choices='1'>"                    \
  "<qti-simple-choice identifier='a'>A</qti-simple-choice>"                                        \
  "<qti-simple-choice identifier='b'>B</qti-simple-choice></qti-choice-interaction>"               \
  "<p>Stuck? <qti-end-attempt-interaction response-identifier='HINT' title='Show a hint'/></p>"    \
  "<qti-feedback-block outcome-identifier='SAID' identifier='again' show-hide='show'>"             \
  "<p>Look once more.</p></qti-feedback-block></qti-item-body><qti-response-processing>"           \
  "<qti-response-condition><qti-response-if><qti-variable identifier='HINT'/>"                     \
  "<qti-set-outcome-value identifier='SAID'><qti-base-value base-type='identifier'>hint"           \
  "</qti-base-value></qti-set-outcome-value></qti-response-if><qti-response-else-if><qti-match>"   \
  "<qti-variable identifier='RESPONSE'/><qti-correct identifier='RESPONSE'/></qti-match>"          \
  "<qti-set-outcome-value identifier='SCORE'><qti-divide><qti-base-value base-type='float'>1"      \
  "</qti-base-value><qti-variable identifier='numAttempts'/></qti-divide></qti-set-outcome-value>" \
  "<qti-set-outcome-value identifier='SAID'><qti-base-value base-type='identifier'>right"          \
  "</qti-base-value></qti-set-outcome-value><qti-set-outcome-value identifier='completionStatus'>" \
  "<qti-base-value base-type='identifier'>completed</qti-base-value></qti-set-outcome-value>"      \
  "</qti-response-else-if><qti-response-else><qti-set-outcome-value identifier='SAID'>"            \
  "<qti-base-value base-type='identifier'>again</qti-base-value></qti-set-outcome-value>"          \
  "</qti-response-else></qti-response-condition></qti-response-processing>"                        \
  "</qti-assessment-item>"
