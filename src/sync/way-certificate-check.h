/* way-certificate-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_CERTIFICATE_MISTYPED,  /* no certificate has such a code */
  WAY_CERTIFICATE_UNKNOWN,   /* the trust has none of this code: not yet, or it is another's */
  WAY_CERTIFICATE_VALID,     /* and all of it was passed */
  WAY_CERTIFICATE_UNPROVEN,  /* the trust does not hold that all of it was passed */
  WAY_CERTIFICATE_WITHDRAWN, /* what it said was taken out */
  WAY_CERTIFICATE_ERASED,    /* with its person */
} WayCertificateState;

typedef struct
{
  WayCertificateState state;
  char *code;  /* (nullable) as it stands on the paper; NULL where it is mistyped */
  char *part;  /* (nullable) module or pathway; this and what follows only where it is known */
  char *ident; /* (nullable) */
  char *title; /* (nullable) as the trust has published it */
  char *pack;  /* (nullable) */
  gint64 pack_version;
  gint64 version;  /* of the module; of the pack for a pathway */
  gint64 earned;   /* µs: what stands on the paper */
  gint64 finished; /* µs: when the last of it was passed, as the trust has it */
  gint64 received; /* µs */
  char *name;      /* (nullable) whose it is, for who may see that person */
} WayCertificateAnswer;

WayCertificateAnswer *way_certificate_check (WayStore *trust, const char *code, GError **error);
const char *way_certificate_state_to_string (WayCertificateState state);
void way_certificate_answer_free (WayCertificateAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayCertificateAnswer, way_certificate_answer_free)

G_END_DECLS
