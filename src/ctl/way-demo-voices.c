/* way-demo-voices.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-demo.h"

#include "record/way-pulse.h"
#include "session/way-initiatives.h"
#include "session/way-voices.h"

/* What the made-up trust made of what people said, what it introduces and asks, and what it tells
 * them. */

#define DAY ((gint64) 86400 * G_USEC_PER_SEC)
#define HOUR ((gint64) 3600 * G_USEC_PER_SEC)

/* One event, and its id: (transfer full) (nullable). */
static char *
say (WayDemo *demo,
     const char *author,
     const char *unit,
     const char *kind,
     gconstpointer body,
     gint64 at,
     GError **error)
{
  return way_demo_say (demo, author, NULL, unit, kind, body, MIN (at, demo->end - HOUR), 0, error);
}

static gboolean
write_published (WayDemo *demo, const WayDemoPerson *lead, GError **error)
{
  static const struct
  {
    const char *type;
    const char *said;
    const char *state;
    const char *decision; /* (nullable) */
    const char *because;  /* (nullable) */
    const char *did;      /* (nullable) */
    const char *measure;  /* (nullable) */
    double before;
    double after;
    gint64 people;
  } things[] = {
    { "problem", "Ward computers take minutes to sign in.", "done", "yes",
      "It was named by 9 wards.", "The 14 oldest computers were replaced.", "Minutes to sign in", 6,
      1.5, 12 },
    { "idea", "Let us print the result page for our appraisal.", "decided", "no",
      "A result is for learning. The certificate is made for showing.",
      "The certificate prints from My skills.", NULL, 0, 0, 0 },
    { "idea", "Badges instead of passwords on shared computers.", "open", NULL, NULL, NULL, NULL, 0,
      0, 0 },
    { "problem", "The Wi-Fi drops in the community office.", "decided", "later",
      "The line is due for renewal in spring.", "Work is kept on the computer until then.", NULL, 0,
      0, 0 },
  };
  const WayKind *kind = way_kind_find ("published");

  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    {
      WayPublishedBody *body = way_kind_new (kind);
      g_autofree char *id = NULL;

      body->type = g_strdup (things[i].type);
      body->said = g_strdup (things[i].said);
      body->state = g_strdup (things[i].state);
      body->decision = g_strdup (things[i].decision);
      body->because = g_strdup (things[i].because);
      body->did = g_strdup (things[i].did);
      body->measure = g_strdup (things[i].measure);
      if (things[i].measure != NULL)
        {
          body->before = things[i].before;
          body->after = things[i].after;
        }
      if (things[i].people > 0)
        body->people = things[i].people;
      id = say (demo, lead->id, NULL, "published", body, demo->end - (20 - i) * DAY, error);
      way_kind_free (kind, body);
      if (id == NULL)
        return FALSE;
      if (g_str_equal (things[i].state, "open"))
        {
          const WayTrialBody test = { .feedback = id,
                                      .text = (char *) "Whether badges are quicker and as safe",
                                      .measure = (char *) "Seconds to sign in, on 2 wards" };
          g_autofree char *trial = say (demo, lead->id, NULL, "trial", &test, demo->end - 5 * DAY,
                                        error);

          if (trial == NULL)
            return FALSE;
          for (guint k = 0; k < demo->people->len; k += 9)
            {
              const WayDemoPerson *person = g_ptr_array_index (demo->people, k);
              const WayVoteBody vote = { .feedback = id, .value = 1 };
              g_autofree char *voted = NULL;

              if (person->is_idle || person->is_lead)
                continue;
              voted = say (demo, person->id, NULL, "vote", &vote, demo->end - 4 * DAY, error);
              if (voted == NULL)
                return FALSE;
            }
        }
    }
  return TRUE;
}

static char *
dup_day (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);

  return g_date_time_format (time, "%Y-%m-%d");
}

/* Three of five whom the pulses ask answer, a few days after. */
static gboolean
answer_pulses (WayDemo *demo, GPtrArray *asks, GError **error)
{
  const WayKind *kind = way_kind_find ("pulse_answer");
  g_autofree WayPulseAsk *pulses = g_new (WayPulseAsk, asks->len);
  g_autofree gint64 *from = g_new (gint64, asks->len);

  for (guint i = 0; i < asks->len; i++)
    pulses[i] = *(WayPulseAsk *) g_ptr_array_index (asks, i);
  for (guint k = 0; k < demo->people->len; k++)
    {
      const WayDemoPerson *person = g_ptr_array_index (demo->people, k);

      way_pulse_draw (pulses, asks->len, person->id, WAY_PULSE_DAYS, from);
      for (guint i = 0; i < asks->len; i++)
        {
          if (from[i] == WAY_PULSE_NEVER || from[i] + 4 * DAY > demo->end
              || from[i] + 4 * DAY > pulses[i].closes || way_random_range (&demo->random, 5) > 2)
            continue;
          for (int q = 1; q <= 2; q++)
            {
              WayPulseAnswerBody *body = way_kind_new (kind);
              g_autofree char *id = NULL;

              body->pulse = g_strdup (pulses[i].id);
              body->question = q;
              body->value = 2 + (gint64) way_random_range (&demo->random, 4);
              id = say (demo, person->id, NULL, "pulse_answer", body, from[i] + 4 * DAY, error);
              way_kind_free (kind, body);
              if (id == NULL)
                return FALSE;
            }
        }
    }
  return TRUE;
}

static void
ask_free (gpointer data)
{
  WayPulseAsk *ask = data;

  g_free ((char *) ask->id);
  g_free (ask);
}

static gboolean
write_pulse (WayDemo *demo,
             const WayDemoPerson *lead,
             const char *initiative,
             const char *moment,
             gint64 opens,
             GPtrArray *asks,
             GError **error)
{
  const WayKind *kind = way_kind_find ("pulse");
  WayPulseBody *body = way_kind_new (kind);
  WayPulseAsk *ask = g_new0 (WayPulseAsk, 1);

  body->initiative = g_strdup (initiative);
  body->moment = g_strdup (moment);
  body->question = g_strdup ("I know how to do my work with it.");
  body->question2 = g_strdup ("It makes my work safer.");
  body->opens = opens;
  body->closes = opens + 14 * DAY;
  body->share = 600;
  *ask = (WayPulseAsk){
    .opens = opens, .closes = body->closes, .share = 600, .is_addressed = TRUE
  };
  ask->id = say (demo, lead->id, NULL, "pulse", body, MIN (opens, demo->end) - 20 * DAY, error);
  g_ptr_array_add (asks, ask);
  way_kind_free (kind, body);
  return ask->id != NULL;
}

/* The beginning of a day, as the trust counts its days. */
static gint64
find_midnight (gint64 at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autofree char *day = dup_day (at);
  g_autofree char *iso = g_strconcat (day, "T00:00:00", NULL);
  g_autoptr (GDateTime) midnight = zone != NULL ? g_date_time_new_from_iso8601 (iso, zone) : NULL;

  return midnight != NULL ? g_date_time_to_unix (midnight) * G_USEC_PER_SEC : at;
}

static gboolean
write_initiatives (WayDemo *demo, const WayDemoPerson *lead, GError **error)
{
  static const struct
  {
    const char *title;
    const char *text;
    const char *why;
    const char *benefit;
    const char *risks;
    const char *modules;
    int day;     /* of going live, from the end of the history */
    guint steps; /* how many after it was proposed */
  } things[] = {
    { "Electronic observations on every ward",
      "Observations are entered at the bedside, and scores are worked out and shown.",
      "Scores on paper were late or wrong in 1 of 6.", "Worsening patients are seen earlier.",
      "Too few devices at the change of shift.", "C1 F1", -30, 4 },
    { "Badges on shared computers", "A badge and a short PIN instead of a long password.",
      "Signing in was the problem that most people named.", "More time with patients.",
      "Badges that are left in the reader.", "D3 F1", 40, 2 },
  };
  static const struct
  {
    const char *state;
    const char *who;
    const char *because;
  } steps[] = {
    { "assessed", "Digital design group", "It was tried on 1 ward, and the figures held." },
    { "agreed", "The board", "It pays for itself in 2 years." },
    { "under-way", "Chief nursing information officer", "The money and the people are there." },
    { "live", "Chief nursing information officer", "All wards said that they were ready." },
  };
  const WayKind *kind = way_kind_find ("initiative");
  g_autoptr (GPtrArray) asks = g_ptr_array_new_with_free_func (ask_free);

  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    {
      gint64 live = find_midnight (demo->end + things[i].day * DAY);
      WayInitiativeBody *body = way_kind_new (kind);
      g_autofree char *id = NULL;

      body->title = g_strdup (things[i].title);
      body->state = g_strdup ("proposed");
      body->text = g_strdup (things[i].text);
      body->why = g_strdup (things[i].why);
      body->who = g_strdup (lead->name);
      body->benefit = g_strdup (things[i].benefit);
      body->measure = g_strdup ("Minutes for a round");
      body->before = 42;
      body->expected = 30;
      body->risks = g_strdup (things[i].risks);
      body->modules = g_strdup (things[i].modules);
      body->parts = g_strdup ("classroom access");
      body->units = g_strdup ("");
      body->go_live = dup_day (live + DAY / 2);
      id = say (demo, lead->id, NULL, "initiative", body, demo->end - (150 - 20 * i) * DAY, error);
      way_kind_free (kind, body);
      if (id == NULL)
        return FALSE;
      for (guint k = 0; k < things[i].steps; k++)
        {
          g_autofree char *step = NULL;

          body = way_kind_new (kind);
          body->initiative = g_strdup (id);
          body->title = g_strdup (things[i].title);
          body->state = g_strdup (steps[k].state);
          body->who = g_strdup (steps[k].who);
          body->because = g_strdup (steps[k].because);
          step = say (demo, lead->id, NULL, "initiative", body,
                      demo->end - (130 - 20 * i - 25 * k) * DAY, error);
          way_kind_free (kind, body);
          if (step == NULL)
            return FALSE;
        }
      if (!write_pulse (demo, lead, id, "before", live - 14 * DAY, asks, error)
          || !write_pulse (demo, lead, id, "at", live, asks, error)
          || !write_pulse (demo, lead, id, "after", live + 42 * DAY, asks, error))
        return FALSE;
    }
  return answer_pulses (demo, asks, error);
}

/* Some have come through their pathway and say what it brought. */
static gboolean
write_pathway_answers (WayDemo *demo, GError **error)
{
  const WayKind *kind = way_kind_find ("pulse_answer");

  for (guint k = 0; k < demo->people->len; k += 5)
    {
      const WayDemoPerson *person = g_ptr_array_index (demo->people, k);

      for (int q = 1; !person->is_idle && q <= 3; q++)
        {
          WayPulseAnswerBody *body = way_kind_new (kind);
          g_autofree char *id = NULL;

          body->pulse = g_strdup (WAY_PULSE_PATHWAY);
          body->question = q;
          body->value = 2 + (gint64) way_random_range (&demo->random, 4);
          id = say (demo, person->id, NULL, "pulse_answer", body, demo->end - (1 + k % 90) * DAY,
                    error);
          way_kind_free (kind, body);
          if (id == NULL)
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_notice (WayDemo *demo, const WayDemoPerson *lead, GError **error)
{
  const WayKind *kind = way_kind_find ("notice");
  WayNoticeBody *body = way_kind_new (kind);
  g_autofree char *id = NULL;

  body->title = g_strdup ("Badges come to shared computers");
  body->text = g_strdup ("From next month a badge and a PIN open the ward computers.\nDrop-in "
                         "sessions are in the library each Tuesday at 13:00.\nYour champion has "
                         "the first badges.");
  body->until = demo->end + 30 * DAY;
  id = say (demo, lead->id, NULL, "notice", body, demo->end - 2 * DAY, error);
  way_kind_free (kind, body);
  return id != NULL;
}

static gboolean
write_route (WayDemo *demo, const WayDemoPerson *lead, GError **error)
{
  const WaySettingBody body = {
    .key = (char *) WAY_SETTING_INCIDENT_ROUTE,
    .value = (char *) "the form “Report an incident” on the intranet, or ring 4000 at any hour."
  };
  g_autofree char *id = say (demo, lead->id, NULL, "setting", &body, demo->start + DAY, error);

  return id != NULL;
}

/* What was published, introduced, asked and told. */
gboolean
way_demo_write_voices (WayDemo *demo, GError **error)
{
  const WayDemoPerson *lead = way_demo_find_lead (demo);

  if (lead == NULL || demo->people->len < 20)
    return TRUE;
  return write_route (demo, lead, error) && write_published (demo, lead, error)
         && write_initiatives (demo, lead, error) && write_pathway_answers (demo, error)
         && write_notice (demo, lead, error);
}
