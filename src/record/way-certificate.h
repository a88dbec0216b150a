/* way-certificate.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The code on a certificate: 12 letters and figures that come from the event's id and digest,
 * and two that show a slip of the pen. */
#define WAY_CERTIFICATE_PROOF 15 /* hex digits: 60 bits */

char *way_certificate_make_proof (const char *id, const char *digest);
char *way_certificate_make_code (const char *proof);
char *way_certificate_read_code (const char *text);

G_END_DECLS
