/* way-authority.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-authority.h"

#include "record/way-bodies.h"

typedef enum
{
  MAY_ONESELF = 1 << 0,  /* whoever writes about themselves */
  MAY_ANYBODY = 1 << 1,  /* about anybody */
  MAY_CHAMPION = 1 << 2, /* of the subject's unit, or of the one it is addressed to */
  MAY_MANAGER = 1 << 3,  /* the same */
  MAY_LEAD = 1 << 4,
  MAY_AUTHOR = 1 << 5,
  MAY_ANALYST = 1 << 6,
  MAY_GOVERNANCE = 1 << 7,
  MAY_NOBODY = 1 << 8, /* the trust alone, in its own stream */
  MAY_DESIGN = 1 << 9,
} May;

/* The kinds that others than oneself may write. A kind that is not here, known or not, is
 * for oneself alone. */
static const struct
{
  const char *kind;
  May may;
} rules[] = {
  { "evidence", MAY_ONESELF | MAY_CHAMPION | MAY_MANAGER },
  { "evidence_file", MAY_CHAMPION | MAY_MANAGER },
  { "evidence_answer", MAY_ANYBODY }, /* it has an effect only on what is about oneself */
  { "help_action", MAY_ONESELF | MAY_CHAMPION | MAY_LEAD },
  { "help_given", MAY_CHAMPION },            /* of anybody who has called them, see below */
  { "on_call", MAY_ONESELF | MAY_CHAMPION }, /* oneself: that it has ended */
  { "feedback_action", MAY_LEAD | MAY_DESIGN },
  { "published", MAY_LEAD | MAY_DESIGN },
  { "trial", MAY_LEAD | MAY_DESIGN },
  { "drop_answer", MAY_NOBODY },
  { "champion_term", MAY_ONESELF | MAY_MANAGER | MAY_LEAD }, /* by its state, see below */
  { "rota", MAY_LEAD },
  { "session", MAY_CHAMPION | MAY_LEAD },
  { "attendance", MAY_ONESELF | MAY_CHAMPION },
  { "thanks", MAY_ANYBODY },
  { "corner_question", MAY_CHAMPION },
  { "corner_action", MAY_CHAMPION | MAY_LEAD },     /* by what is done, see below */
  { "tip", MAY_ONESELF | MAY_CHAMPION | MAY_LEAD }, /* the same */
  { "retraction", MAY_ANYBODY },                    /* it has an effect only on what is one's own */
  { "initiative", MAY_LEAD | MAY_DESIGN },
  { "pulse", MAY_LEAD | MAY_DESIGN },
  { "notice", MAY_CHAMPION | MAY_LEAD },
  { "assignment", MAY_MANAGER | MAY_LEAD },
  { "assignment_end", MAY_MANAGER | MAY_LEAD },
  { "exemption", MAY_MANAGER | MAY_LEAD },
  { "reminder", MAY_MANAGER | MAY_LEAD },
  { "role_requirement", MAY_LEAD },
  { "organisation", MAY_LEAD },
  { "place", MAY_LEAD },
  { "person", MAY_LEAD },
  { "membership", MAY_LEAD },
  { "role_grant", MAY_LEAD },
  { "setting", MAY_LEAD },
  { "pack_release", MAY_LEAD | MAY_AUTHOR },
  { "item_parameter", MAY_AUTHOR | MAY_ANALYST },
  { "local_note", MAY_LEAD | MAY_AUTHOR },
  /* That somebody looked: written by who looked. */
  { "access", MAY_CHAMPION | MAY_MANAGER | MAY_LEAD | MAY_ANALYST | MAY_GOVERNANCE | MAY_DESIGN },
  { "erasure_request", MAY_ONESELF | MAY_GOVERNANCE },
  { "erasure", MAY_NOBODY }, /* two people, by erase.sql or way-erasure-file.c */
};

static const struct
{
  May may;
  const char *role;
  gboolean is_local; /* reaches no further than the unit it was given for */
} roles[] = {
  { MAY_CHAMPION, "champion", TRUE }, { MAY_MANAGER, "manager", TRUE },
  { MAY_LEAD, "lead", FALSE },        { MAY_AUTHOR, "author", FALSE },
  { MAY_ANALYST, "analyst", FALSE },  { MAY_GOVERNANCE, "governance", FALSE },
  { MAY_DESIGN, "design", FALSE },
};

/* Who may say what of a term as champion: nobody accepts one for another, and nobody makes
 * themselves a champion. */
static const struct
{
  const char *state;
  May may;
} term_rules[] = {
  { "put-forward", MAY_ONESELF },
  { "nominated", MAY_MANAGER | MAY_LEAD },
  { "accepted", MAY_ONESELF },
  { "appointed", MAY_LEAD },
  { "trained", MAY_LEAD },
  { "active", MAY_LEAD },
  { "paused", MAY_ONESELF | MAY_LEAD },
  { "ended", MAY_ONESELF | MAY_LEAD },
};

static May
find_term_rule (const WayEvent *event)
{
  const WayKind *kind = way_kind_find (event->kind);
  WayChampionTermBody *body = way_kind_read (kind, event->body, NULL);
  May may = 0;

  for (guint i = 0; body != NULL && i < G_N_ELEMENTS (term_rules); i++)
    if (g_str_equal (term_rules[i].state, body->state))
      may = term_rules[i].may;
  way_kind_free (kind, body);
  return may;
}

static May
find_rule (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].kind, kind))
      return rules[i].may;
  return MAY_ONESELF;
}

static gboolean
ask (WayDb *trust,
     const char *sql,
     const char *const values[4],
     gboolean *is_so,
     char **text,
     GError **error)
{
  WayStatement *statement = way_db_prepare (trust, sql, error);

  if (statement == NULL)
    return FALSE;
  for (int i = 0; i < 4; i++)
    way_statement_bind_text (statement, i + 1, values[i]);
  if (!way_statement_step (statement, is_so, error))
    return FALSE;
  if (*is_so && text != NULL)
    *text = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  return TRUE;
}

/* A unit's role reaches the units below it. Where somebody is named it must be a person
 * of these units; otherwise the event must be addressed there. */
static gboolean
has_role (WayDb *trust,
          const char *person,
          guint role,
          const char *subject,
          const char *unit,
          gboolean *is_so,
          GError **error)
{
  const char *const values[] = { person, roles[role].role, subject, subject == NULL ? unit : NULL };

  if (!roles[role].is_local || (subject == NULL && unit == NULL))
    return ask (trust, "SELECT 1 FROM role WHERE person = $1 AND role = $2", values, is_so, NULL,
                error);
  return ask (trust,
              "SELECT 1 FROM role AS r"
              " WHERE r.person = $1 AND r.role = $2 AND (r.unit = '' OR EXISTS ("
              "SELECT 1 FROM unit AS own JOIN unit AS below"
              " ON substr (below.path, 1, length (own.path)) = own.path"
              " WHERE own.unit = r.unit AND (below.unit = $4 OR below.unit IN"
              " (SELECT m.unit FROM membership AS m WHERE m.person = $3))))",
              values, is_so, NULL, error);
}

/* What one may say about oneself of these: that one has used it, that it is settled. */
static gboolean
is_for_oneself (const WayEvent *event)
{
  const WayKind *kind = way_kind_find (event->kind);
  gboolean is_so = TRUE;
  gpointer body;

  if (!g_str_equal (event->kind, "evidence") && !g_str_equal (event->kind, "help_action")
      && !g_str_equal (event->kind, "on_call"))
    return TRUE;
  body = way_kind_read (kind, event->body, NULL);
  if (body == NULL)
    return FALSE;
  if (g_str_equal (event->kind, "evidence"))
    is_so = g_str_equal (((WayEvidenceBody *) body)->type, "used");
  else if (g_str_equal (event->kind, "on_call"))
    is_so = ((WayOnCallBody *) body)->ended;
  else
    {
      const char *action = ((WayHelpActionBody *) body)->action;

      is_so = g_str_equal (action, "fixed") || g_str_equal (action, "not-fixed")
              || g_str_equal (action, "closed");
    }
  way_kind_free (kind, body);
  return is_so;
}

/* Whom an answer to a request is about is not for the answer to say. NULL where the
 * request has not come yet. @is_called: whether it names who answers. */
static gboolean
find_asker (WayDb *trust,
            const char *person,
            const WayEvent *event,
            char **asker,
            gboolean *is_called,
            GError **error)
{
  const WayKind *kind = way_kind_find (event->kind);
  gpointer body = way_kind_read (kind, event->body, NULL);
  const char *values[4] = { NULL };
  gboolean is_found;
  gboolean is_done;

  *asker = NULL;
  *is_called = FALSE;
  if (body == NULL)
    return TRUE;
  values[0] = ((WayHelpActionBody *) body)->request;
  is_done = ask (trust, "SELECT person FROM readable WHERE id = $1 AND kind = 'help_request'",
                 values, &is_found, asker, error);
  values[1] = person;
  is_done =
      is_done
      && ask (trust,
              "SELECT 1 FROM readable WHERE id = $1 AND kind = 'help_request' AND"
              " replace (' ' || (body ->> 'called') || ' ', ' ' || CAST($2 AS text) || ' ', '')"
              " <> ' ' || (body ->> 'called') || ' '",
              values, is_called, NULL, error);
  way_kind_free (kind, body);
  return is_done;
}

/* Champions answer, and leads take down. */
static May
find_corner_rule (const WayEvent *event)
{
  const WayKind *kind = way_kind_find (event->kind);
  WayCornerActionBody *body = way_kind_read (kind, event->body, NULL);
  May may = 0;

  if (body != NULL)
    may = g_str_equal (body->action, "answered") ? MAY_CHAMPION : MAY_LEAD;
  way_kind_free (kind, body);
  return may;
}

/* Whether who is helped has asked this champion, of whatever place. */
static gboolean
find_caller (
    WayDb *trust, const char *person, const WayEvent *event, gboolean *is_called, GError **error)
{
  const char *const values[4] = { event->subject, person };

  return ask (trust,
              "SELECT 1 FROM readable WHERE person = $1 AND kind = 'help_request' AND allowed = 1"
              " AND replace (' ' || (body ->> 'called') || ' ', ' ' || CAST($2 AS text) || ' ', '')"
              " <> ' ' || (body ->> 'called') || ' '",
              values, is_called, NULL, error);
}

/* Nobody says of their own answer that it worked, nor of one that is yet to come, which might be
 * their own, nor of one to a question that was withdrawn. Whoever gave it may take it down, and
 * whoever asked. */
static gboolean
find_tip_rule (WayDb *trust, const char *person, const WayEvent *event, May *may, GError **error)
{
  const WayKind *kind = way_kind_find (event->kind);
  WayTipBody *body = way_kind_read (kind, event->body, NULL);
  const char *values[4] = { body != NULL ? body->answer : NULL };
  g_autofree char *author = NULL;
  g_autofree char *asker = NULL;
  gboolean is_there = FALSE;
  gboolean is_gone = FALSE;
  gboolean is_asker = FALSE;
  gboolean is_own, is_done;

  *may = 0;
  if (body == NULL)
    return TRUE;
  is_done = ask (trust, "SELECT author FROM readable WHERE id = $1 AND kind = 'corner_action'",
                 values, &is_there, &author, error)
            && ask (trust,
                    "SELECT q.author FROM readable AS a JOIN readable AS q ON q.id = a.refers"
                    " WHERE a.id = $1 AND a.kind = 'corner_action' AND q.kind = 'corner_question'",
                    values, &is_asker, &asker, error)
            && ask (trust,
                    "SELECT 1 FROM readable AS a JOIN retracted AS x ON x.target = a.refers"
                    " WHERE a.id = $1 AND a.kind = 'corner_action'",
                    values, &is_gone, NULL, error);
  is_own = is_there && g_strcmp0 (author, person) == 0;
  is_asker = is_done && is_asker && g_strcmp0 (asker, person) == 0;
  if (g_str_equal (body->state, "taken-down"))
    *may = is_own || is_asker ? MAY_ANYBODY : MAY_LEAD;
  else if (is_there && !is_own && !is_gone)
    *may = MAY_CHAMPION;
  way_kind_free (kind, body);
  return is_done;
}

/* way_authority_judge:
 * @trust: its tables as they are when the event arrives
 * @person: who has written it
 * @is_allowed: (out): whether they had the right to
 *
 * Judges one event. What is not allowed is kept, and counts for nothing. */
gboolean
way_authority_judge (
    WayDb *trust, const char *person, const WayEvent *event, gboolean *is_allowed, GError **error)
{
  May may = find_rule (event->kind);
  g_autofree char *asker = NULL;
  const char *subject = event->subject;
  gboolean is_called = FALSE;
  gboolean is_oneself;

  *is_allowed = FALSE;
  if (g_str_equal (event->kind, "champion_term"))
    may = find_term_rule (event);
  if (g_str_equal (event->kind, "corner_action"))
    may = find_corner_rule (event);
  if (g_str_equal (event->kind, "tip") && !find_tip_rule (trust, person, event, &may, error))
    return FALSE;
  if (g_str_equal (event->kind, "help_action"))
    {
      if (!find_asker (trust, person, event, &asker, &is_called, error))
        return FALSE;
      if (asker != NULL)
        subject = asker;
    }
  is_oneself = subject == NULL || g_str_equal (subject, person);
  if (g_str_equal (event->kind, "help_given") && !is_oneself
      && !find_caller (trust, person, event, &is_called, error))
    return FALSE;

  if ((may & MAY_ANYBODY) || ((may & MAY_ONESELF) && is_oneself && is_for_oneself (event)))
    {
      *is_allowed = TRUE;
      return TRUE;
    }
  /* A champion of another place whom the request names. */
  if (is_called && !is_oneself)
    {
      if (!has_role (trust, person, 0, NULL, NULL, is_allowed, error))
        return FALSE;
      if (*is_allowed)
        return TRUE;
    }
  /* Nobody bears witness to themselves, whatever else they are, or says when another can be
   * asked. */
  if (is_oneself
          ? g_str_equal (event->kind, "evidence") || g_str_equal (event->kind, "evidence_file")
          : g_str_equal (event->kind, "on_call"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (roles) && !*is_allowed; i++)
    if ((may & roles[i].may)
        && !has_role (trust, person, i, is_oneself ? NULL : subject, event->unit, is_allowed,
                      error))
      return FALSE;
  return TRUE;
}

/* way_authority_install:
 *
 * Tells a PostgreSQL trust, which judges by itself, who may write what. */
gboolean
way_authority_install (WayDb *trust, GError **error)
{
  static const struct
  {
    May may;
    const char *who;
  } names[] = {
    { MAY_ONESELF, "oneself" },   { MAY_ANYBODY, "anybody" },
    { MAY_CHAMPION, "champion" }, { MAY_MANAGER, "manager" },
    { MAY_LEAD, "lead" },         { MAY_AUTHOR, "author" },
    { MAY_ANALYST, "analyst" },   { MAY_GOVERNANCE, "governance" },
    { MAY_NOBODY, "nobody" },     { MAY_DESIGN, "design" },
  };
  WayStatement *statement;

  if (!way_db_exec (trust, "DELETE FROM authority", error))
    return FALSE;
  statement = way_db_prepare (trust, "INSERT INTO authority (kind, who) VALUES ($1, $2)", error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    for (guint j = 0; j < G_N_ELEMENTS (names); j++)
      {
        if ((rules[i].may & names[j].may) == 0)
          continue;
        way_statement_bind_text (statement, 1, rules[i].kind);
        way_statement_bind_text (statement, 2, names[j].who);
        if (!way_statement_run (statement, error))
          return FALSE;
      }
  return TRUE;
}
