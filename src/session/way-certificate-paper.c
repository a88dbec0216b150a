/* way-certificate-paper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-certificate.h"

#include <glib/gi18n-lib.h>

/* A certificate as a page of A4, and in words. */

/**
 * way_format_day:
 * @us: a time
 *
 * Returns: (transfer full): the day in England that it belongs to, as in “3 May 2026”
 */
char *
way_format_day (gint64 us)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = NULL;

  if (utc == NULL)
    return g_strdup ("");
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  /* Translators: a day, as g_date_time_format() has it: “3 May 2026”. */
  return g_date_time_format (local, _ ("%-d %B %Y"));
}

static char *
describe_what (const WayCertificate *self)
{
  if (!self->is_pathway)
    /* Translators: a capability, a level, a number: “Staying safe · Everyday · version 2”. */
    return g_strdup_printf (_ ("%s · %s · version %d"),
                            self->capability != NULL ? self->capability : self->ident, self->level,
                            self->version);
  /* Translators: “6 modules · content version 14” */
  return g_strdup_printf (ngettext ("%u module · content version %d",
                                    "%u modules · content version %d", g_strv_length (self->shown)),
                          g_strv_length (self->shown), self->version);
}

static void
add_notes (const WayCertificate *self, WayDocument *document)
{
  g_autofree char *how = NULL;

  /* Translators: %s is the name of an organisation. */
  how = g_strdup_printf (_ ("Whether this certificate holds, %s can say: "
                            "waymarkctl certificate verify, with this code."),
                         self->organisation);
  way_document_add (document, WAY_DOCUMENT_NOTE, how);
  if (!self->is_received)
    way_document_add (document, WAY_DOCUMENT_NOTE,
                      _ ("It can be verified once the computer that it was made on has synced."));
  if (self->is_synthetic)
    way_document_add (document, WAY_DOCUMENT_NOTE,
                      _ ("The person and the organisation are made up, for trying Waymark out."));
}

/**
 * way_certificate_make_document:
 *
 * Returns: (transfer full): one page that says who finished what, when, and how that is
 *   verified
 */
WayDocument *
way_certificate_make_document (const WayCertificate *self)
{
  g_autofree char *title = NULL;
  g_autofree char *what = describe_what (self);
  g_autofree char *day = way_format_day (self->earned);
  WayDocument *document;

  g_return_val_if_fail (self != NULL, NULL);

  /* Translators: the title of a document: what was finished, and by whom. */
  title = g_strdup_printf (_ ("Certificate: %s, %s"), self->title, self->name);
  document = way_document_new (title, self->organisation, what, self->language, self->earned);
  way_document_set_framed (document, TRUE);
  way_document_set_fit (document, 1);
  /* Translators: at the head of the page, in capital letters. */
  way_document_add (document, WAY_DOCUMENT_EYEBROW, _ ("CERTIFICATE"));
  way_document_add (document, WAY_DOCUMENT_NAME, self->name);
  /* Translators: between a person's name and the title of a module or pathway. */
  way_document_add (document, WAY_DOCUMENT_SAYS,
                    self->is_pathway ? _ ("has passed the check of every module of the pathway")
                                     : _ ("has passed the check of the module"));
  way_document_add (document, WAY_DOCUMENT_AWARD, self->title);
  way_document_add (document, WAY_DOCUMENT_SAYS, what);
  way_document_add (document, WAY_DOCUMENT_SHOWN_HEADING,
                    self->is_pathway ? _ ("The modules") : _ ("What the module is about"));
  for (guint i = 0; self->shown[i] != NULL; i++)
    way_document_add (document, WAY_DOCUMENT_SHOWN, self->shown[i]);
  way_document_add_space (document, 36);
  way_document_add (document, WAY_DOCUMENT_SAYS, day);
  way_document_add (document, WAY_DOCUMENT_SAYS, self->organisation);
  way_document_add_space (document, 30);
  way_document_add (document, WAY_DOCUMENT_CODE, self->code);
  add_notes (self, document);
  return document;
}

/**
 * way_certificate_suggest_name:
 *
 * Returns: (transfer full): a file name
 */
char *
way_certificate_suggest_name (const WayCertificate *self)
{
  /* Translators: a file name, with the title of what was finished. */
  g_autofree char *name = g_strdup_printf (_ ("Certificate %s.pdf"), self->title);

  return g_strdelimit (g_steal_pointer (&name), "/\\:*?\"<>|", '_');
}

/**
 * way_certificate_describe:
 *
 * Returns: (transfer full): what the page says, as a sentence or two for who cannot see it
 */
char *
way_certificate_describe (const WayCertificate *self)
{
  g_autofree char *day = way_format_day (self->earned);

  /* Translators: a name, “has passed the check of the module”, a title, a date, a code. */
  return g_strdup_printf (_ ("%s %s %s, %s. Code: %s"), self->name,
                          self->is_pathway
                              ? _ ("has passed the check of every module of the pathway")
                              : _ ("has passed the check of the module"),
                          self->title, day, self->code);
}
