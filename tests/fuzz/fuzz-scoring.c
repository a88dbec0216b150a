/* fuzz-scoring.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include <math.h>
#include <string.h>

#include "assessment/way-scoring.h"

#define BEFORE                                                                                     \
  "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='q' "       \
  "title='Q'><qti-response-declaration identifier='A' cardinality='multiple' "                     \
  "base-type='identifier'><qti-correct-response><qti-value>a</qti-value></qti-correct-response>"   \
  "<qti-mapping default-value='-1'><qti-map-entry map-key='a' mapped-value='1'/></qti-mapping>"    \
  "</qti-response-declaration><qti-response-declaration identifier='N' cardinality='single' "      \
  "base-type='float'/><qti-response-declaration identifier='T' cardinality='ordered' "             \
  "base-type='string'/><qti-response-declaration identifier='P' cardinality='multiple' "           \
  "base-type='point'><qti-area-mapping><qti-area-map-entry shape='circle' coords='1,1,5' "         \
  "mapped-value='1'/></qti-area-mapping></qti-response-declaration><qti-response-declaration "     \
  "identifier='R' cardinality='record'/><qti-outcome-declaration identifier='SCORE' "              \
  "cardinality='single' base-type='float'><qti-match-table default-value='0'>"                     \
  "<qti-match-table-entry source-value='1' target-value='2'/></qti-match-table>"                   \
  "</qti-outcome-declaration><qti-item-body/><qti-response-processing>"
#define AFTER "</qti-response-processing></qti-assessment-item>"

/* Rules by anybody over answers by anybody: the first line is an answer as the log has it,
 * the rest the rules. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  char *newline = strchr (text, '\n');
  g_autofree char *xml = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayItem) item = NULL;
  g_autoptr (GHashTable) responses = NULL;
  g_autoptr (WayScore) first = NULL;
  g_autoptr (WayScore) again = NULL;

  if (newline == NULL)
    return 0;
  *newline = '\0';
  xml = g_strconcat (BEFORE, newline + 1, AFTER, NULL);
  bytes = g_bytes_new (xml, strlen (xml));
  item = way_item_new_from_outside (bytes, "q.xml", NULL, NULL);
  if (item == NULL)
    return 0;

  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  g_strdelimit (text, "|", '\x1f');
  g_strdelimit (text, ";", '\x1e');
  responses = way_responses_new_from_line (item, text);
  first = way_scoring_run (item, responses, &error);
  g_assert_true ((first == NULL) == (error != NULL));
  g_clear_error (&error);
  again = way_scoring_run (item, responses, &error);
  g_assert_true ((first == NULL) == (again == NULL));
  if (first != NULL)
    {
      g_assert_true (isfinite (first->score));
      g_assert_true (first->score == again->score);
    }

  return 0;
}
