/* way-demo-talk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-demo.h"

/* What the made-up people asked, said and answered. */

#define DAY ((gint64) 86400 * G_USEC_PER_SEC)
#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)
#define HOUR ((gint64) 3600 * G_USEC_PER_SEC)

static const struct
{
  const char *page;
  const char *module; /* (nullable) */
  const char *topic;  /* (nullable) */
  const char *text;
  const char *answer;
  const char *system; /* (nullable) of those that champions know */
} questions[] = {
  { "module", "F1", "Email", "The link showed one address and opened another. Who do I tell?",
    "You were right to stop. Use the report button, then ring the service desk if you opened it." },
  { "module", "D3", "Signing in", "My new phone does not show the sign-in prompt.",
    "I can come at handover. We will add the phone together." },
  { "baseline", NULL, NULL, "Can I do this on the ward tablet?",
    "Yes. Sign in with the same name." },
  { "module", "C1", "Finding a record",
    "Two patients on my bay have the same surname. Is an alert enough?",
    "No. Check 2 identifiers each time as well. I will show you where the alert is set.",
    "record" },
  { "today", NULL, NULL, "I lost my place in the module.",
    "It is kept. Open Learn and press Go on." },
  { "practise", "F1", "Email", "How do I see who really sent a message?",
    "Open the message and press Look at sender. I can sit with you for 5 minutes." },
};

static const struct
{
  const char *type;
  const char *page;
  const char *text;
  const char *decision; /* (nullable) */
  const char *because;
  const char *reply;
} voices[] = {
  { "problem", "today", "The ward computer by bay 2 takes 6 minutes to sign in.", "yes",
    "Slow sign-in was named by 9 wards.",
    "The 14 oldest computers are replaced by the end of March." },
  { "idea", "module F1", "Show real messages that reached our own inboxes last month.", "yes",
    "Local examples are what people remember.",
    "The security team sends us 3 each month from now on." },
  { "idea", "skills", "Let us print the result page for our appraisal.", "later",
    "Certificates come first.", "It is on the list for the summer." },
  { "praise", "module C1", "The twins in the practice task made me think of last week.", NULL, NULL,
    NULL },
  { "problem", "practise", "I cannot hear anything on the shared headset in theatres.", "yes",
    "Headsets are cheap.", "New headsets are in the store room." },
  { "worry", "baseline", "Will a low result be used in my review?", "no",
    "Results are for learning only, and the policy says so.",
    "Your manager sees no level unless you share it." },
  { "idea", "help", "A champion on nights would help us most.", "yes",
    "Nights had 1 champion for 6 wards.", "2 people on nights have said yes." },
  { "problem", "learn", "The Wi-Fi drops in the community office each afternoon.", "later",
    "The line is due for renewal.", "Work is kept on the computer until the line is back." },
  { "praise", "today", "10 minutes at a time is what I can manage. Thank you.", NULL, NULL, NULL },
  { "idea", "module D3", "Put the service desk number on the sign-in screen.", "yes",
    "It costs nothing.", "It is on every sign-in screen since Monday." },
};

/* Of each of them. */
static const char *const themes[] = {
  "Signing in", "Cyber safety", "Results",  "Lessons", "Equipment",
  "Results",    "Champions",    "Networks", "Lessons", "Signing in",
};
G_STATIC_ASSERT (G_N_ELEMENTS (themes) == G_N_ELEMENTS (voices));

static const char *const topics[] = { "Signing in", "Email",      "Printing", "Finding a record",
                                      "Passwords",  "Video call", "Wi-Fi" };

static WayDemoPerson *
any_learner (WayDemo *demo)
{
  while (TRUE)
    {
      WayDemoPerson *person = g_ptr_array_index (demo->people,
                                                 way_random_range (&demo->random,
                                                                   demo->people->len));

      if (!person->is_lead && !person->is_idle)
        return person;
    }
}

static WayDemoPerson *
champion_of (WayDemo *demo, const WayDemoPlace *place)
{
  for (guint i = 0; i < demo->people->len; i++)
    {
      WayDemoPerson *person = g_ptr_array_index (demo->people, i);

      if (person->is_champion && person->place == place)
        return person;
    }
  return NULL;
}

static WayDemoPerson *
any_champion (WayDemo *demo, const WayDemoPerson *but)
{
  guint first = way_random_range (&demo->random, demo->people->len);

  for (guint i = 0; i < demo->people->len; i++)
    {
      WayDemoPerson *person = demo->people->pdata[(first + i) % demo->people->len];

      if (person->is_champion && person != but)
        return person;
    }
  return NULL;
}

/* One event by one person, about another where one is named. */
static char *
say (WayDemo *demo,
     const WayDemoPerson *author,
     const char *subject,
     const char *kind,
     gconstpointer body,
     gint64 at,
     GError **error)
{
  return way_demo_say (demo, author->id, subject, author->place->id, kind, body,
                       MIN (at, demo->end - HOUR), way_demo_delay (demo), error);
}

/* Taken within the hours of a shift, answered soon after, and mostly that was it. */
static gboolean
answer (WayDemo *demo,
        const WayDemoPerson *asker,
        const WayDemoPerson *champion,
        char *request,
        const char *text,
        gint64 at,
        GError **error)
{
  gint64 taken = at + (4 + way_random_range (&demo->random, 90)) * MINUTE;
  gint64 answered = taken + (2 + way_random_range (&demo->random, 120)) * MINUTE;
  const WayHelpActionBody bodies[] = {
    { .request = request, .action = (char *) "taken", .by = champion->name },
    { .request = request,
      .action = (char *) "answered",
      .text = (char *) text,
      .by = champion->name },
    { .request = request, .action = (char *) "fixed" },
  };
  /* Some never say whether it helped. */
  guint n = G_N_ELEMENTS (bodies) - (way_random_uniform (&demo->random) < .2 ? 1 : 0);
  const gint64 when[] = { taken, answered, answered + 30 * MINUTE };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = say (demo, i < 2 ? champion : asker, asker->id, "help_action",
                                 &bodies[i], when[i], error);

      if (id == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_questions (WayDemo *demo, guint n, GError **error)
{
  guint n_open = 2 + n / 25;

  for (guint i = 0; i < n; i++)
    {
      guint q = i % G_N_ELEMENTS (questions);
      const WayDemoPerson *asker = any_learner (demo);
      const WayDemoPerson *champion = champion_of (demo, asker->place);
      /* The last of them came today, and wait. */
      gboolean is_open = i + n_open >= n;
      gint64 at = is_open
                      ? way_demo_working_time (demo, demo->end - 8 * HOUR, demo->end - HOUR)
                      : way_demo_working_time (demo, demo->start + 10 * DAY, demo->end - 2 * DAY);
      WayHelpRequestBody body = { .page = (char *) questions[q].page,
                                  .module = (char *) questions[q].module,
                                  .topic = (char *) questions[q].topic,
                                  .text = (char *) questions[q].text,
                                  .system = (char *) questions[q].system };
      g_autofree char *request = NULL;

      /* Where there is none, and for who is one: a champion of another place. */
      if (champion == NULL || champion == asker)
        champion = any_champion (demo, asker);
      request = say (demo, asker, NULL, "help_request", &body, at, error);
      if (request == NULL)
        return FALSE;
      if (!is_open && champion != NULL
          && !answer (demo, asker, champion, request, questions[q].answer, at, error))
        return FALSE;
    }
  return TRUE;
}

/* Every other one is somebody's, with a day that has gone for some. */
static gboolean
sort_voice (WayDemo *demo,
            const WayDemoPerson *lead,
            const char *author,
            const char *said,
            guint v,
            gint64 at,
            GError **error)
{
  gint64 due = demo->end + ((gint64) v * 4 - 12) * DAY;
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (due / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");
  const WayFeedbackActionBody body = { .feedback = (char *) said,
                                       .action = (char *) "sorted",
                                       .theme = (char *) themes[v],
                                       .owner = v % 2 == 0 ? lead->id : NULL,
                                       .due = v % 2 == 0 ? text : NULL };
  g_autofree char *id = say (demo, lead, author, "feedback_action", &body, at, error);

  return id != NULL;
}

static gboolean
write_voices (WayDemo *demo, guint n, GError **error)
{
  const WayDemoPerson *lead = way_demo_find_lead (demo);

  for (guint i = 0; i < n; i++)
    {
      guint v = i % G_N_ELEMENTS (voices);
      const WayDemoPerson *author = any_learner (demo);
      gboolean is_new = i + 5 >= n;
      gint64 at = is_new
                      ? way_demo_working_time (demo, demo->end - 9 * DAY, demo->end - HOUR)
                      : way_demo_working_time (demo, demo->start + 10 * DAY, demo->end - 30 * DAY);
      WayFeedbackBody body = { .type = (char *) voices[v].type,
                               .text = (char *) voices[v].text,
                               .page = (char *) voices[v].page };
      g_autofree char *said = say (demo, author, NULL, "feedback", &body, at, error);
      g_autofree char *heard = NULL;

      if (said == NULL)
        return FALSE;
      if (is_new || lead == NULL)
        continue;
      heard = say (demo, lead, author->id, "feedback_action",
                   &(WayFeedbackActionBody){ .feedback = said, .action = (char *) "heard" },
                   at + 2 * DAY, error);
      if (heard == NULL)
        return FALSE;
      if (!sort_voice (demo, lead, author->id, said, v, at + 3 * DAY, error))
        return FALSE;
      if (voices[v].decision != NULL)
        {
          g_autofree char *decided = say (demo, lead, author->id, "feedback_action",
                                          &(WayFeedbackActionBody){
                                              .feedback = said,
                                              .action = (char *) "decided",
                                              .decision = (char *) voices[v].decision,
                                              .because = (char *) voices[v].because,
                                              .text = (char *) voices[v].reply },
                                          at + 9 * DAY, error);

          if (decided == NULL)
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_help_given (WayDemo *demo, GError **error)
{
  for (guint i = 0; i < demo->people->len; i++)
    {
      const WayDemoPerson *champion = g_ptr_array_index (demo->people, i);
      guint n = champion->is_champion ? 3 + way_random_range (&demo->random, 12) : 0;

      for (guint k = 0; k < n; k++)
        {
          WayHelpGivenBody body = {
            .topic = (char *) topics[way_random_range (&demo->random, G_N_ELEMENTS (topics))],
            .people = 1 + way_random_range (&demo->random, 3),
            .minutes = 5 * (1 + way_random_range (&demo->random, 4))
          };
          g_autofree char *id = say (demo, champion, NULL, "help_given", &body,
                                     way_demo_working_time (demo, demo->start + 10 * DAY,
                                                            demo->end - DAY),
                                     error);

          if (id == NULL)
            return FALSE;
        }
    }
  return TRUE;
}

/* Help asked and given, and what was said to the trust. */
gboolean
way_demo_write_talk (WayDemo *demo, GError **error)
{
  guint n = demo->people->len;

  if (way_demo_find_lead (demo) == NULL || n < 20)
    return TRUE;
  return write_questions (demo, n / 3, error) && write_voices (demo, n / 10, error)
         && write_help_given (demo, error);
}
