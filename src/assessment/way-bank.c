/* way-bank.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-bank.h"

#include <math.h>

#include "assessment/way-random.h"

/* Policy: how strongly the capabilities go together, until it is estimated. */
#define LAUNCH_RHO .50
/* An opener is an item that nearly everybody can do. */
#define OPENER_B (-2.6)
/* Policy: how many of all sittings may have one item, where there is another. */
#define MOST_EXPOSURE .25
/* Which of an item's sequences of the seed: the others count answers, and lots of new items. */
#define EXPOSURE_STREAM (1U << 30)

G_DEFINE_BOXED_TYPE (WayBank, way_bank, way_bank_ref, way_bank_unref)

static double
spread_of_raters (int raters)
{
  if (raters >= 3)
    return .6;
  return raters == 2 ? .8 : 1.0;
}

/* How many options a guess is among: only where one option is to be chosen, once. */
static guint
count_choices (const WayItem *item)
{
  const WayInteraction *interaction;

  if (item->interactions == NULL || item->interactions->len != 1)
    return 0;

  interaction = item->interactions->pdata[0];
  if (interaction->choices == NULL)
    return 0;
  if (interaction->type == WAY_INTERACTION_INLINE_CHOICE)
    return interaction->choices->len;
  if (interaction->type == WAY_INTERACTION_CHOICE && interaction->max_choices == 1)
    return interaction->choices->len;

  return 0;
}

static gboolean
maps_response (const WayExpression *rule)
{
  if (rule == NULL)
    return FALSE;
  if (g_str_equal (rule->name, "map-response"))
    return TRUE;
  for (guint i = 0; rule->children != NULL && i < rule->children->len; i++)
    if (maps_response (rule->children->pdata[i]))
      return TRUE;

  return FALSE;
}

/* The most that a mapped response is worth: its upper bound, or all that it rewards. */
static double
get_mapped_most (const WayDeclaration *response)
{
  double sum = 0;

  if (isfinite (response->map_upper))
    return response->map_upper;
  for (guint i = 0; i < response->mapping->len; i++)
    sum += MAX (((const WayMapEntry *) response->mapping->pdata[i])->value, 0);

  return sum;
}

/**
 * way_bank_count_points:
 * @item: a question
 *
 * How many points an answer can be worth: what the item declares as MAXSCORE, or else what
 * its mapped responses give together. Points of partial credit are whole, and at most
 * %WAY_MAX_STEPS: anything else is right or wrong.
 *
 * Returns: from 1, which means right or wrong
 */
guint
way_bank_count_points (const WayItem *item)
{
  const WayDeclaration *declared;
  double most = 0;

  g_return_val_if_fail (item != NULL, 1);

  declared = way_item_find_outcome (item, "MAXSCORE");
  if (declared != NULL && declared->initial != NULL && declared->initial->texts->len == 1)
    most = g_ascii_strtod (declared->initial->texts->pdata[0], NULL);
  else if (maps_response (item->processing))
    for (guint i = 0; i < item->responses->len; i++)
      {
        const WayDeclaration *response = item->responses->pdata[i];

        if (response->mapping != NULL)
          most += get_mapped_most (response);
      }

  return most == rint (most) && most >= 2 && most <= WAY_MAX_STEPS ? (guint) most : 1;
}

/**
 * way_bank_item_new:
 * @id: the item
 * @capability: index of what it measures
 * @level: the author's level, 1 to 4
 * @is_opener: whether nearly everybody can do it
 * @n_choices: options of a single choice; 0 for everything else
 * @raters: how many people agreed on @level
 * @seconds: expected time
 *
 * The parameters that an item starts with, from its author's judgement.
 *
 * Returns: (transfer full): an item without enemies
 */
WayBankItem *
way_bank_item_new (const char *id,
                   guint capability,
                   int level,
                   gboolean is_opener,
                   guint n_choices,
                   int raters,
                   int seconds)
{
  WayBankItem *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (WayBankItem, 1);
  self->id = g_strdup (id);
  self->capability = capability;
  self->level = CLAMP (level, 1, WAY_N_LEVELS);
  self->is_opener = is_opener;
  self->curve.parameters.a = 1;
  self->curve.parameters.b = is_opener ? OPENER_B : self->level - 2.5;
  self->curve.parameters.c = n_choices >= 2 ? 1.0 / n_choices : 0;
  self->curve.parameters.d = 1;
  self->sd_b = spread_of_raters (raters);
  self->seconds = seconds;
  self->share = 1;

  return self;
}

/**
 * way_bank_item_set_points:
 * @self: an item
 * @n_points: how many an answer can be worth; 1 or less for right or wrong
 *
 * Makes the item one of partial credit, its steps one level apart about its author's level.
 */
void
way_bank_item_set_points (WayBankItem *self, guint n_points)
{
  g_return_if_fail (self != NULL);

  self->curve.n_steps = n_points >= 2 ? MIN (n_points, WAY_MAX_STEPS) : 0;
  for (guint k = 0; k < self->curve.n_steps; k++)
    self->curve.steps[k] = self->curve.parameters.b + k - (self->curve.n_steps - 1) / 2.0;
  if (self->curve.n_steps > 0)
    self->curve.parameters.c = 0;
}

/**
 * way_bank_item_free:
 * @self: (transfer full) (nullable): an item
 */
void
way_bank_item_free (WayBankItem *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_strfreev (self->enemies);
  g_free (self);
}

/**
 * way_bank_new:
 * @n_capabilities: how many, at most %WAY_MAX_CAPABILITIES
 * @cuts: (array fixed-size=3): where the second, third and fourth level begin
 * @rho: the correlation of any two capabilities
 *
 * Returns: (transfer full): an empty bank, to be filled with way_bank_add()
 */
WayBank *
way_bank_new (guint n_capabilities, const double *cuts, double rho)
{
  WayBank *self;

  g_return_val_if_fail (n_capabilities >= 1 && n_capabilities <= WAY_MAX_CAPABILITIES, NULL);
  g_return_val_if_fail (cuts != NULL, NULL);

  self = g_new0 (WayBank, 1);
  g_atomic_ref_count_init (&self->refs);
  self->version = g_strdup ("author-0");
  self->n_capabilities = n_capabilities;
  self->rho = rho;
  for (guint i = 0; i < G_N_ELEMENTS (self->cuts); i++)
    self->cuts[i] = cuts[i];
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) way_bank_item_free);

  return self;
}

/**
 * way_bank_new_from_pack:
 * @pack: an open pack
 * @error: why an item could not be read
 *
 * The pack's baseline with the parameters its authors gave it. Reads every item once,
 * to see how many options there are to guess among.
 *
 * Returns: (transfer full) (nullable): a bank; %NULL with a %WAY_PACK_ERROR
 */
WayBank *
way_bank_new_from_pack (WayPack *pack, GError **error)
{
  g_autoptr (WayBank) self = NULL;
  GPtrArray *capabilities;
  GPtrArray *baseline;

  g_return_val_if_fail (pack != NULL, NULL);

  capabilities = way_pack_get_capabilities (pack);
  if (capabilities->len < 1 || capabilities->len > WAY_MAX_CAPABILITIES)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                   "A pack to measure with has from 1 to %d capabilities, not %u",
                   WAY_MAX_CAPABILITIES, capabilities->len);
      return NULL;
    }

  self = way_bank_new (capabilities->len, way_pack_get_cuts (pack), LAUNCH_RHO);
  g_free (self->version);
  self->version = g_strdup_printf ("author-%d", way_pack_get_version (pack));

  baseline = way_pack_get_baseline (pack);
  for (guint i = 0; i < baseline->len; i++)
    {
      const WayBaselineItem *entry = baseline->pdata[i];
      g_autoptr (WayItem) item = way_pack_load_item (pack, entry->id, error);
      WayBankItem *made;

      if (item == NULL)
        return NULL;
      made = way_bank_item_new (entry->id, entry->capability, entry->level, entry->is_opener,
                                count_choices (item), entry->raters, entry->seconds);
      made->enemies = g_strdupv (entry->enemies);
      made->is_new = entry->is_new;
      made->share = entry->share;
      way_bank_item_set_points (made, way_bank_count_points (item));
      way_bank_add (self, made);
    }

  return g_steal_pointer (&self);
}

/**
 * way_bank_add:
 * @self: a bank that nobody else holds yet
 * @item: (transfer full): what to add
 */
void
way_bank_add (WayBank *self, WayBankItem *item)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (item != NULL);
  g_return_if_fail (item->capability < self->n_capabilities);

  g_ptr_array_add (self->items, item);
}

/**
 * way_bank_ref:
 *
 * Returns: (transfer full): @self
 */
WayBank *
way_bank_ref (WayBank *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

/**
 * way_bank_unref:
 * @self: (transfer full): a bank
 */
void
way_bank_unref (WayBank *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_ptr_array_unref (self->items);
  g_free (self->version);
  g_free (self);
}

/**
 * way_bank_get_exposure_limit:
 *
 * An item that more sittings than this share had is left out where there is another: a
 * quarter, or twice what each would have if all were used alike. The shares of all items
 * add up to the mean length of a sitting.
 *
 * Returns: a share of the sittings
 */
double
way_bank_get_exposure_limit (const WayBank *self)
{
  double length = 0;

  g_return_val_if_fail (self != NULL, 1);

  for (guint i = 0; i < self->items->len; i++)
    length += ((const WayBankItem *) self->items->pdata[i])->exposure;

  return MAX (MOST_EXPOSURE, self->items->len > 0 ? 2 * length / self->items->len : 0);
}

/**
 * way_bank_list_exposed:
 * @seed: of the sitting
 *
 * What one sitting leaves out where there is another, so that no item is known to everybody.
 * Where the exposure of an item was published, it is left out when that is above the limit. Until
 * then its pack says which share of the sittings may have it, and the seed says whether this is
 * one of them: a rule that leaves out the same items each time would only have others shown too
 * often in their place.
 *
 * Returns: (transfer full): ids
 */
char **
way_bank_list_exposed (const WayBank *self, guint64 seed)
{
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();
  double limit;

  g_return_val_if_fail (self != NULL, NULL);

  limit = way_bank_get_exposure_limit (self);
  for (guint i = 0; i < self->items->len; i++)
    {
      const WayBankItem *item = self->items->pdata[i];
      WayRandom random;

      way_random_init (&random, seed, ((guint64) (i + 1) << 32) | EXPOSURE_STREAM);
      if (item->exposure > limit || way_random_uniform (&random) >= item->share)
        g_strv_builder_add (items, item->id);
    }

  return g_strv_builder_end (items);
}

/**
 * way_bank_find:
 * @id: an item
 *
 * Returns: its index in the bank, or -1
 */
int
way_bank_find (const WayBank *self, const char *id)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (id != NULL, -1);

  for (guint i = 0; i < self->items->len; i++)
    {
      const WayBankItem *item = self->items->pdata[i];

      if (g_str_equal (item->id, id))
        return i;
    }

  return -1;
}
