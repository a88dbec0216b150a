/* way-bank.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-curve.h"
#include "content/way-pack.h"

G_BEGIN_DECLS

typedef struct _WayBank WayBank;
typedef struct _WayBankItem WayBankItem;

struct _WayBankItem
{
  char *id;
  guint capability;
  int level;
  gboolean is_opener;
  gboolean is_new; /* rides along unscored, until it has been measured */
  WayCurve curve;
  double sd_b;     /* how sure b is: .6 where three raters or more agree, 1.0 for one */
  double seconds;  /* how long people take, or its author expects */
  double exposure; /* share of the sittings that had it, where that was published */
  double share;    /* of the sittings that may have it, until then */
  char **enemies;  /* (nullable) */
};

/* The items of a baseline with their parameters, and the policy they are read by.
 * Immutable once made. */
struct _WayBank
{
  gatomicrefcount refs;
  char *version; /* of the parameters: "author-PACKVERSION" until calibrated */
  guint n_capabilities;
  double rho;
  double cuts[WAY_N_LEVELS - 1];
  GPtrArray *items; /* of WayBankItem */
};

#define WAY_TYPE_BANK (way_bank_get_type ())
GType way_bank_get_type (void);

WayBank *way_bank_new (guint n_capabilities, const double *cuts, double rho);
WayBank *way_bank_new_from_pack (WayPack *pack, GError **error);
void way_bank_add (WayBank *self, WayBankItem *item); /* takes item; only while it is being made */
WayBank *way_bank_ref (WayBank *self);
void way_bank_unref (WayBank *self);
double way_bank_get_exposure_limit (const WayBank *self);
char **way_bank_list_exposed (const WayBank *self, guint64 seed);
int way_bank_find (const WayBank *self, const char *id);
WayBankItem *way_bank_item_new (const char *id,
                                guint capability,
                                int level,
                                gboolean is_opener,
                                guint n_choices,
                                int raters,
                                int seconds);
void way_bank_item_set_points (WayBankItem *self, guint n_points);
guint way_bank_count_points (const WayItem *item);
void way_bank_item_free (WayBankItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayBank, way_bank_unref)

G_END_DECLS
