/* way-demo.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-demo.h"

#include <string.h>

#include "ctl/way-publish.h"
#include "record/way-desk-hours.h"
#include "session/way-sitting-log.h"

#define DAY ((gint64) 86400 * G_USEC_PER_SEC)

/* A draft of @kind that happened at @at and that the trust got at @received. */
void
way_demo_add (GPtrArray *drafts, const char *kind, gconstpointer body, gint64 at, gint64 received)
{
  const WayKind *known = way_kind_find (kind);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = way_kind_write (known, body, &error);
  WayEvent *draft;

  if (json == NULL)
    g_error ("A made-up %s could not be written: %s", kind, error->message);
  draft = way_event_new (kind, way_kind_get_version (known), json);
  draft->at = at;
  draft->received = received;
  g_ptr_array_add (drafts, draft);
}

/* way_demo_dup_id:
 *
 * An id drawn from the seed.
 *
 * Returns: (transfer full) */
char *
way_demo_dup_id (WayDemo *demo, gint64 at)
{
  guint8 random[10];
  guint64 a = way_random_next (&demo->random);
  guint64 b = way_random_next (&demo->random);

  memcpy (random, &a, 8);
  memcpy (random + 8, &b, 2);
  return way_uuid_new_v7 (at, random);
}

/* Some minute of a shift between two times: mostly by day. */
gint64
way_demo_working_time (WayDemo *demo, gint64 from, gint64 to)
{
  gint64 day = from + (gint64) (way_random_uniform (&demo->random) * MAX (to - from, DAY));
  gint64 midnight = day - day % DAY;
  double hour = way_random_uniform (&demo->random) < .85
                    ? 8 + 10 * way_random_uniform (&demo->random)
                    : 24 * way_random_uniform (&demo->random);
  gint64 at = midnight + (gint64) (hour * 3600 * G_USEC_PER_SEC);

  return CLAMP (at, from, to);
}

/* How long it took until the trust had it: mostly seconds, at times days of bad Wi-Fi. */
gint64
way_demo_delay (WayDemo *demo)
{
  double u = way_random_uniform (&demo->random);

  if (u < .80)
    return (gint64) (20 * way_random_uniform (&demo->random) * G_USEC_PER_SEC);
  if (u < .95)
    return (gint64) (6 * 3600 * way_random_uniform (&demo->random)) * G_USEC_PER_SEC;
  return (gint64) (4 * way_random_uniform (&demo->random) * DAY);
}

/* One event by one person, about @subject (nullable) and from @unit (nullable), that the trust had
 * @delay later. Nothing is later than the history. Its id: (transfer full) (nullable). */
char *
way_demo_say (WayDemo *demo,
              const char *author,
              const char *subject,
              const char *unit,
              const char *kind,
              gconstpointer body,
              gint64 at,
              gint64 delay,
              GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayEvent *draft;

  at = MIN (at, demo->end - G_TIME_SPAN_MINUTE);
  way_demo_add (drafts, kind, body, at, MIN (at + delay, demo->end));
  draft = g_ptr_array_index (drafts, 0);
  draft->subject = g_strdup (subject);
  draft->unit = g_strdup (unit);
  if (!way_store_append_as (demo->trust, author, drafts, error))
    return NULL;
  return g_strdup (draft->id);
}

/* Whoever tries a made-up trust clicks through it: nobody is thought too fast there. */
static void
add_settings (WayDemo *demo, GPtrArray *drafts)
{
  static const WaySettingBody bodies[] = {
    { (char *) WAY_SETTING_RAPID, (char *) "0" },
    { (char *) WAY_DESK_NAME_SETTING, (char *) "IT service desk" },
    { (char *) WAY_DESK_NUMBER_SETTING, (char *) "01632 960 123" },
    { (char *) WAY_DESK_HOURS_SETTING, (char *) "mon-fri 07:30-18:30 sat-sun 09:00-13:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    way_demo_add (drafts, "setting", &bodies[i], demo->start, demo->start);
}

static void
add_grant (
    GPtrArray *drafts, const WayDemoPerson *person, const char *role, const char *place, gint64 at)
{
  WayRoleGrantBody grant = { .person = person->id, .role = (char *) role, .place = (char *) place };

  way_demo_add (drafts, "role_grant", &grant, at, at);
}

/* What the trust administers: places, people, where they work, what they may do. */
static gboolean
write_administration (WayDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  const WayDemoPlace *top = g_ptr_array_index (demo->places, 0);
  gint64 at = demo->start;
  gboolean has_lead = FALSE; /* who appoints champions */

  for (guint i = 0; i < demo->people->len; i++)
    has_lead |= ((const WayDemoPerson *) demo->people->pdata[i])->is_lead;
  add_settings (demo, drafts);
  for (guint i = 0; i < demo->places->len; i++)
    {
      const WayDemoPlace *place = g_ptr_array_index (demo->places, i);
      WayPlaceBody body = { .place = place->id,
                            .code = place->code,
                            .name = place->name,
                            .type = place->type,
                            .parent = place->parent };

      way_demo_add (drafts, "place", &body, at, at);
    }
  for (guint i = 0; i < demo->people->len; i++)
    {
      const WayDemoPerson *person = g_ptr_array_index (demo->people, i);
      WayPersonBody body = { .person = person->id,
                             .username = person->username,
                             .name = person->name,
                             .employee = person->employee,
                             .staff_group = (char *) person->staff_group,
                             .started = person->started };
      WayMembershipBody membership = { .person = person->id,
                                       .place = person->place->id,
                                       .is_primary = TRUE };

      way_demo_add (drafts, "person", &body, at, at);
      way_demo_add (drafts, "membership", &membership, at, at);
      if (person->is_champion && !has_lead)
        add_grant (drafts, person, "champion", person->place->id, at);
      if (person->is_manager)
        add_grant (drafts, person, "manager", person->place->id, at);
      if (person->is_lead)
        add_grant (drafts, person, "lead", top->id, at);
      if (person->is_analyst)
        add_grant (drafts, person, "analyst", top->id, at);
      if (person->is_designer)
        add_grant (drafts, person, "design", top->id, at);
    }
  return way_store_append_as (demo->trust, NULL, drafts, error);
}

/**
 * way_demo_run:
 * @trust: a new trust, marked synthetic
 * @pack: what its people learn from
 * @n_people: how many
 * @seed: the same seed and day give the same people and figures
 * @until: where the year of history ends, µs
 *
 * Fills a trust with made-up people and what they might have done: real sittings by the
 * real engine, modules, practice, help and feedback.
 *
 * Returns: TRUE, or FALSE with @error set
 */
gboolean
way_demo_run (
    WayStore *trust, WayPack *pack, guint n_people, guint64 seed, gint64 until, GError **error)
{
  g_autoptr (GHashTable) items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) way_demo_answer_free);
  g_autoptr (WayBank) bank = way_bank_new_from_pack (pack, error);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_free);
  WayDemo demo = { .pack = pack, .bank = bank, .trust = trust, .items = items, .answers = answers };
  gboolean is_done;

  if (bank == NULL)
    return FALSE;
  demo.requests = requests;
  demo.end = until;
  demo.start = until - 365 * DAY;
  way_random_init (&demo.random, seed, 0);
  /* Authors' difficulties are a little off, as they always are. */
  for (guint i = 0; i < bank->items->len; i++)
    {
      const WayBankItem *item = g_ptr_array_index (bank->items, i);
      WayCurve *truth = g_memdup2 (&item->curve, sizeof item->curve);

      way_curve_move (truth, 0.6 * way_random_normal (&demo.random));
      g_hash_table_insert (items, item->id, truth);
    }
  way_demo_make_places (&demo);
  way_demo_make_people (&demo, n_people);

  is_done = way_publish_catalogue (trust, pack, demo.start, error)
            && write_administration (&demo, error) && way_demo_write_champions (&demo, error);
  for (guint i = 0; is_done && i < demo.people->len; i++)
    is_done = way_demo_write_history (&demo, g_ptr_array_index (demo.people, i), error);
  is_done = is_done && way_demo_write_talk (&demo, error) && way_demo_write_voices (&demo, error)
            && way_demo_write_corner (&demo, error) && way_demo_write_drop_ins (&demo, error);
  g_ptr_array_unref (demo.people);
  g_ptr_array_unref (demo.places);
  return is_done;
}
