/* test-patient-detail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-patient-detail.h"

static const struct
{
  const char *text;
  WayPatientDetail detail;
  const char *found; /* (nullable) */
} texts[] = {
  { "", WAY_PATIENT_DETAIL_NONE, NULL },
  { "I looked at the sender first.", WAY_PATIENT_DETAIL_NONE, NULL },
  /* Ten figures that fit, however they are set. */
  { "She is 943 476 5919, in bay 2", WAY_PATIENT_DETAIL_NHS_NUMBER, "943 476 5919" },
  { "She is 9434765919.", WAY_PATIENT_DETAIL_NHS_NUMBER, "9434765919" },
  { "943-476-5919", WAY_PATIENT_DETAIL_NHS_NUMBER, "943-476-5919" },
  { "first 943 476 5918, then 943 476 5919", WAY_PATIENT_DETAIL_NHS_NUMBER, "943 476 5919" },
  /* Ten figures that do not: a phone number is no NHS number. */
  { "Ring 943 476 5918", WAY_PATIENT_DETAIL_NONE, NULL },
  { "Ring 01632 960 001", WAY_PATIENT_DETAIL_NONE, NULL },
  { "19434765919", WAY_PATIENT_DETAIL_NONE, NULL },
  /* A date long ago is one of birth; one of this year only where that is said. */
  { "seen 12/03/1954", WAY_PATIENT_DETAIL_BIRTH, "12/03/1954" },
  { "seen 12.3.54 again", WAY_PATIENT_DETAIL_BIRTH, "12.3.54" },
  { "12-03-2019", WAY_PATIENT_DETAIL_BIRTH, "12-03-2019" },
  { "on 3 March 1954", WAY_PATIENT_DETAIL_BIRTH, "3 March 1954" },
  { "on March 3rd, 1954", WAY_PATIENT_DETAIL_BIRTH, "March 3rd, 1954" },
  { "1954-03-12", WAY_PATIENT_DETAIL_BIRTH, "1954-03-12" },
  { "DOB: 12/11/2026", WAY_PATIENT_DETAIL_BIRTH, "12/11/2026" },
  { "born on the 3 Nov 2026", WAY_PATIENT_DETAIL_BIRTH, "3 Nov 2026" },
  { "I did this on 12/11/2026", WAY_PATIENT_DETAIL_NONE, NULL },
  { "I did this on 12/11/26", WAY_PATIENT_DETAIL_NONE, NULL },
  { "the course of 3 June 2025", WAY_PATIENT_DETAIL_NONE, NULL },
  { "the act of 2018", WAY_PATIENT_DETAIL_NONE, NULL },
  { "version 4.8.3", WAY_PATIENT_DETAIL_NONE, NULL },
  { "3/4 of us", WAY_PATIENT_DETAIL_NONE, NULL },
  /* What a hospital calls its patients, and not what a service desk calls its tickets. */
  { "RXH123456 was on the list", WAY_PATIENT_DETAIL_HOSPITAL_NUMBER, "RXH123456" },
  { "hospital number 1234567", WAY_PATIENT_DETAIL_HOSPITAL_NUMBER, "hospital number 1234567" },
  { "MRN 00123456", WAY_PATIENT_DETAIL_HOSPITAL_NUMBER, "MRN 00123456" },
  { "my ticket is INC0012345", WAY_PATIENT_DETAIL_NONE, NULL },
  { "ward 12, bed 4, at 10:30", WAY_PATIENT_DETAIL_NONE, NULL },
  { "the hospital has 1200 beds", WAY_PATIENT_DETAIL_NONE, NULL },
};

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *found = NULL;

      g_test_message ("%s", texts[i].text);
      g_assert_cmpint (way_patient_detail_find (texts[i].text, 2026, &found), ==, texts[i].detail);
      g_assert_cmpstr (found, ==, texts[i].found);
    }
}

/* Nothing that somebody can type is too much for it. */
static void
test_anything (void)
{
  g_autofree char *figures = g_strnfill (64 * 1024, '9');
  g_autofree char *slashes = g_strnfill (64 * 1024, '/');

  g_assert_cmpint (way_patient_detail_find (figures, 2026, NULL), ==, WAY_PATIENT_DETAIL_NONE);
  g_assert_cmpint (way_patient_detail_find (slashes, 2026, NULL), ==, WAY_PATIENT_DETAIL_NONE);
  g_assert_cmpint (way_patient_detail_find ("\xff", 2026, NULL), ==, WAY_PATIENT_DETAIL_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/patient-detail/texts", test_texts);
  g_test_add_func ("/record/patient-detail/anything", test_anything);
  return g_test_run ();
}
