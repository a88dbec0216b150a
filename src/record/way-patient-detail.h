/* way-patient-detail.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What in a free text looks as if it told who a patient is. */
typedef enum
{
  WAY_PATIENT_DETAIL_NONE,
  WAY_PATIENT_DETAIL_NHS_NUMBER,
  WAY_PATIENT_DETAIL_BIRTH,
  WAY_PATIENT_DETAIL_HOSPITAL_NUMBER,
} WayPatientDetail;

WayPatientDetail way_patient_detail_find (const char *text, int this_year, char **found);

G_END_DECLS
