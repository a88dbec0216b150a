/* way-demo-champions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-demo.h"

#include "record/way-shift.h"

/* How the made-up champions became ones, and when they are there. What differs between them comes
 * from their names, so that nothing else of a seed's trust changes with it. */

#define DAY ((gint64) 86400 * G_USEC_PER_SEC)
#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)

static const char *const patterns[] = {
  "mon-early tue-early wed-early thu-early fri-early",
  "mon-late tue-late thu-late fri-late",
  "mon-early tue-early wed-late sat-early",
  "fri-night sat-night sun-night",
  "mon-early wed-early fri-early sun-late",
  "tue-late wed-late thu-night fri-night",
};
static const char *const systems[] = { "record",      "record e-rostering",  "pharmacy record",
                                       "email video", "observations record", "theatres" };
static const char *const reasons[] = {
  "Everybody asks her already when the screen hangs.",
  "He took time to show the whole night team the new chart.",
  "She wrote the notes that we all use.",
};
static const int minutes[] = { 60, 30, 90, 60, 45, 120 };

/* One word on a term; the event's id. */
static char *
say (WayDemo *demo,
     const WayDemoPerson *author,
     const WayDemoPerson *champion,
     const WayChampionTermBody *body,
     gint64 at,
     GError **error)
{
  return way_demo_say (demo, author->id, champion->id, champion->place->id, "champion_term", body,
                       at, MINUTE, error);
}

/* What a champion's own computer tells everybody at a sign-in, so that they can be asked. */
static gboolean
write_card (WayDemo *demo, const WayDemoPerson *champion, guint chance, GError **error)
{
  const WayOnCallBody body = { .name = champion->name,
                               .shifts = (char *) patterns[chance / 3 % G_N_ELEMENTS (patterns)],
                               .systems = (char *) systems[chance / 5 % G_N_ELEMENTS (systems)] };
  g_autofree char *id = way_demo_say (demo, champion->id, NULL, champion->place->id, "on_call",
                                      &body, demo->end - (1 + chance % 9) * DAY, MINUTE, error);

  return id != NULL;
}

static WayChampionTermBody
make_body (const char *state, char *term)
{
  return (WayChampionTermBody){
    .state = (char *) state, .term = term, .minutes = WAY_NO_INTEGER, .until = WAY_NO_INTEGER
  };
}

/* Half were nominated and half put themselves forward; a few have paused. */
static gboolean
write_term (WayDemo *demo, const WayDemoPerson *lead, const WayDemoPerson *champion, GError **error)
{
  guint chance = g_str_hash (champion->username);
  gint64 at = demo->start + (1 + chance % 5) * DAY;
  gboolean is_named = chance % 2 == 0;
  WayChampionTermBody body = make_body (is_named ? "nominated" : "put-forward", NULL);
  g_autofree char *term = NULL;
  g_autofree char *accepted = NULL;
  g_autofree char *appointed = NULL;

  if (is_named)
    body.text = (char *) reasons[chance / 2 % G_N_ELEMENTS (reasons)];
  term = say (demo, is_named ? lead : champion, champion, &body, at, error);
  if (term == NULL)
    return FALSE;
  body = make_body ("accepted", term);
  body.shifts = (char *) patterns[chance / 3 % G_N_ELEMENTS (patterns)];
  body.systems = (char *) systems[chance / 5 % G_N_ELEMENTS (systems)];
  body.minutes = minutes[chance / 7 % G_N_ELEMENTS (minutes)];
  accepted = say (demo, champion, champion, &body, at + DAY, error);
  if (accepted == NULL)
    return FALSE;
  body = make_body ("appointed", term);
  if (chance % 3 != 0)
    body.until = demo->end + (20 + chance % 400) * DAY;
  appointed = say (demo, lead, champion, &body, at + 2 * DAY, error);
  if (appointed == NULL)
    return FALSE;
  if (chance % 4 != 0)
    {
      WayChampionTermBody trained = make_body ("trained", term);
      g_autofree char *id = say (demo, lead, champion, &trained, at + 20 * DAY, error);

      if (id == NULL)
        return FALSE;
    }
  if (chance % 13 == 5)
    {
      WayChampionTermBody paused = make_body ("paused", term);
      g_autofree char *id = say (demo, champion, champion, &paused, demo->end - 12 * DAY, error);

      if (id == NULL)
        return FALSE;
    }
  else if (!write_card (demo, champion, chance, error))
    return FALSE;
  return TRUE;
}

/* The rota of this week and the next: the usual shifts, and now and then a week away. */
static gboolean
write_rotas (WayDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  WayShiftTimes times;
  WayShift shift;

  way_shift_times_read (NULL, &times, NULL);
  if (!way_shift_find (&times, zone, demo->end, &shift))
    return TRUE;
  for (guint i = 0; i < demo->people->len; i++)
    {
      const WayDemoPerson *person = demo->people->pdata[i];
      guint chance = g_str_hash (person->username);

      for (guint week = 0; person->is_champion && week < 2; week++)
        {
          g_autofree char *monday = way_shift_write_day (way_shift_get_monday (shift.day)
                                                         + week * WAY_N_WEEKDAYS);
          WayRotaBody body = { .week = monday,
                               .shifts = (char *) patterns[(chance / 3 + (chance + week) % 5 / 4)
                                                           % G_N_ELEMENTS (patterns)] };
          WayEvent *draft;

          way_demo_add (drafts, "rota", &body, demo->end - 2 * DAY, demo->end - 2 * DAY);
          draft = drafts->pdata[drafts->len - 1];
          draft->subject = g_strdup (person->id);
          draft->unit = g_strdup (person->place->id);
        }
    }
  return drafts->len == 0 || way_store_append_as (demo->trust, NULL, drafts, error);
}

/* One who has put themselves forward and waits, and one who was named and has not answered. */
static gboolean
write_waiting (WayDemo *demo, const WayDemoPerson *lead, GError **error)
{
  guint n = 0;

  for (guint i = demo->people->len; i-- > 0 && n < 2;)
    {
      const WayDemoPerson *person = demo->people->pdata[i];
      WayChampionTermBody body = make_body (n == 0 ? "put-forward" : "nominated", NULL);
      g_autofree char *id = NULL;

      if (person->is_champion || person->is_lead || person->is_analyst || person->is_idle)
        continue;
      if (n == 0)
        body.shifts = (char *) patterns[3];
      else
        body.text = (char *) reasons[2];
      id = say (demo, n == 0 ? person : lead, person, &body, demo->end - (2 + n) * DAY, error);
      if (id == NULL)
        return FALSE;
      n++;
    }
  return TRUE;
}

/* Terms and rotas. A trust without a lead has nobody who could appoint. */
gboolean
way_demo_write_champions (WayDemo *demo, GError **error)
{
  const WayDemoPerson *lead = way_demo_find_lead (demo);

  for (guint i = 0; i < demo->people->len; i++)
    {
      const WayDemoPerson *person = demo->people->pdata[i];

      if (person->is_champion && lead != NULL && !write_term (demo, lead, person, error))
        return FALSE;
    }
  return lead == NULL || (write_rotas (demo, error) && write_waiting (demo, lead, error));
}
