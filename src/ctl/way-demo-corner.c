/* way-demo-corner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-demo.h"

/* What made-up champions ask each other, what worked, and how they are thanked. */

#define DAY ((gint64) 86400 * G_USEC_PER_SEC)
#define HOUR ((gint64) 3600 * G_USEC_PER_SEC)

static const struct
{
  const char *topic;
  const char *text;
  const char *answers[2]; /* (nullable) */
  guint n_worked;         /* for how many the first did */
} questions[] = {
  { "Printing",
    "Wristbands come out blank on our new printer. Has anybody else had that?",
    { "The roll was in upside down here. The shiny side faces the door.",
      "Switch it off and on at the wall; ours sleeps too deeply." },
    2 },
  { "Signing in",
    "What do you say to somebody who shares a smartcard because signing in takes so long?",
    { "I show them tap and go on the ward computer: 4 seconds, and nobody else’s name on their "
      "notes.",
      NULL },
    3 },
  { "Video call",
    "Patients cannot hear us on the tablet in the side room.",
    { "The tablet keeps the headset of whoever had it before. Turn Bluetooth off first.", NULL },
    1 },
  { "Email",
    "How do you get people to report an odd message and not only delete it?",
    { "I leave the picture of the report button on the staff room door and ask one person each "
      "week to show me.",
      NULL },
    0 },
  { "Finding a record",
    "Bank staff look for patients by bed. How do you show them to look by number in 5 minutes?",
    { NULL, NULL },
    0 },
};

static const char *const thanks[] = {
  "You sat with me until it worked. Thank you.",
  "I can do it alone now.",
  "",
  "Thank you for coming down to nights.",
};

/* One event by one person, about another where one is named. NULL with @error. */
static char *
say (WayDemo *demo,
     const WayDemoPerson *author,
     const char *subject,
     const char *kind,
     gconstpointer body,
     gint64 at,
     GError **error)
{
  return way_demo_say (demo, author->id, subject, NULL, kind, body, at, HOUR / 4, error);
}

static gboolean
write_worked (WayDemo *demo, GPtrArray *champions, guint q, char *answer, gint64 at, GError **error)
{
  WayTipBody body = { .answer = answer,
                      .state = (char *) "worked",
                      .topic = (char *) questions[q].topic,
                      .text = (char *) questions[q].answers[0] };

  /* Champions that neither asked nor answered. */
  for (guint i = 0; i < questions[q].n_worked && i + 3 < champions->len; i++)
    {
      const WayDemoPerson *champion = champions->pdata[(q + 3 + i) % champions->len];
      g_autofree char *id = say (demo, champion, NULL, "tip", &body, at + i * DAY, error);

      if (id == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_question (WayDemo *demo, GPtrArray *champions, guint q, GError **error)
{
  const WayDemoPerson *asker = champions->pdata[q % champions->len];
  gint64 at = demo->end - (16 - 3 * q) * DAY;
  WayCornerQuestionBody body = { .topic = (char *) questions[q].topic,
                                 .text = (char *) questions[q].text,
                                 .by = asker->name };
  g_autofree char *question = say (demo, asker, NULL, "corner_question", &body, at, error);

  for (guint a = 0; question != NULL && a < G_N_ELEMENTS (questions[q].answers); a++)
    {
      const WayDemoPerson *champion = champions->pdata[(q + 1 + a) % champions->len];
      WayCornerActionBody answer = { .question = question,
                                     .action = (char *) "answered",
                                     .text = (char *) questions[q].answers[a],
                                     .by = champion->name };
      g_autofree char *id = NULL;

      if (answer.text == NULL)
        continue;
      id = say (demo, champion, NULL, "corner_action", &answer, at + (5 + a) * HOUR, error);
      if (id == NULL || (a == 0 && !write_worked (demo, champions, q, id, at + 10 * HOUR, error)))
        return FALSE;
    }
  return question != NULL;
}

static gboolean
write_thanks (WayDemo *demo, const WayDemoPerson *champion, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < demo->people->len && n < 3; i++)
    {
      const WayDemoPerson *person = demo->people->pdata[i];
      WayThanksBody body = { .text = (char *) thanks[(i + n) % G_N_ELEMENTS (thanks)] };
      g_autofree char *id = NULL;

      if (person->place != champion->place || person == champion || person->is_idle
          || person->is_lead)
        continue;
      n++;
      id = say (demo, person, champion->id, "thanks", &body, demo->end - (4 + 9 * n) * DAY, error);
      if (id == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Champions' corner, and thanks. */
gboolean
way_demo_write_corner (WayDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) champions = g_ptr_array_new ();

  for (guint i = 0; i < demo->people->len; i++)
    if (((WayDemoPerson *) demo->people->pdata[i])->is_champion)
      g_ptr_array_add (champions, demo->people->pdata[i]);
  for (guint i = 0; i < champions->len; i++)
    if (!write_thanks (demo, champions->pdata[i], error))
      return FALSE;
  /* One needs others to ask. */
  for (guint q = 0; champions->len > 3 && q < G_N_ELEMENTS (questions); q++)
    if (!write_question (demo, champions, q, error))
      return FALSE;
  return TRUE;
}
