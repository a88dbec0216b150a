/* simulator-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator-model.h"

#include <stdlib.h>

const char *const model_people[MODEL_N_ALL] = { "ann", "bob", "dan", "cat", "mia",
                                                "lea", "una", "vic", "wes", "zoe" };
const char *const model_places[MODEL_N_PLACES] = { "d", "w1", "w2" };

/* Who may see what, but for who wrote it and whom it is about. */
static const char *const catalogue_kinds[] = {
  "organisation", "place", "setting",    "pack_release", "role_requirement", "local_note",
  "notice",       "pulse", "initiative", "session",      "item_parameter",   "drop_answer",
  "published",    "trial", "on_call",    "tip",
};
static const char *const unit_kinds[] = {
  "step",       "attempt_end", "help_request", "help_action", "help_declined",
  "help_given", "attendance",  "person",       "membership",
};
static const char *const champions_kinds[] = { "corner_question", "corner_action" };
static const char *const shared_kinds[] = { "estimate", "self_rating" };
static const char *const private_kinds[] = { "note", "reflection", "barrier", "about_me" };

/* The field with which one event points at another. */
static const struct
{
  const char *kind;
  const char *field;
} pointers[] = {
  { "retraction", "target" }, { "help_action", "request" },      { "corner_action", "question" },
  { "tip", "answer" },        { "evidence_answer", "evidence" }, { "evidence_file", "evidence" },
};

gboolean
model_is_one_of (const char *kind, const char *const *kinds, guint n_kinds)
{
  for (guint i = 0; i < n_kinds; i++)
    if (g_str_equal (kind, kinds[i]))
      return TRUE;
  return FALSE;
}

static void
said_free (gpointer data)
{
  ModelSaid *said = data;

  g_free (said->id);
  g_free (said->digest);
  g_free (said);
}

static void
drop_free (gpointer data)
{
  ModelDrop *drop = data;

  g_free (drop->hash);
  g_free (drop);
}

static void
row_free (gpointer data)
{
  ModelRow *row = data;

  way_event_free (row->event);
  g_free (row);
}

Model *
model_new (void)
{
  Model *self = g_new0 (Model, 1);

  self->said = g_ptr_array_new_with_free_func (said_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->row_of = g_hash_table_new (g_str_hash, g_str_equal);
  self->ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->withdrawals = g_ptr_array_new ();
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->redacted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->drops = g_ptr_array_new_with_free_func (drop_free);
  self->terms = g_ptr_array_new ();
  return self;
}

void
model_free (Model *self)
{
  g_ptr_array_unref (self->terms);
  g_ptr_array_unref (self->drops);
  g_hash_table_unref (self->redacted);
  g_hash_table_unref (self->targets);
  g_ptr_array_unref (self->withdrawals);
  g_hash_table_unref (self->ends);
  g_hash_table_unref (self->row_of);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->said);
  g_free (self);
}

void
model_note_pointer (Model *self, const WayEvent *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    if (g_str_equal (event->kind, pointers[i].kind))
      {
        char *target = model_get_field (event->body, pointers[i].field);

        if (target != NULL)
          g_hash_table_replace (self->targets, g_strdup (event->id), target);
      }
}

ModelSaid *
model_say (Model *self, const WayEvent *event, guint person)
{
  ModelSaid *said = g_new0 (ModelSaid, 1);

  said->number = self->said->len;
  said->id = g_strdup (event->id);
  said->digest = g_strdup (event->digest);
  said->person = person;
  g_ptr_array_add (self->said, said);
  g_hash_table_insert (self->by_id, said->id, said);
  model_note_pointer (self, event);
  return said;
}

ModelSaid *
model_find_said (Model *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

ModelRow *
model_find_row (Model *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->row_of, id) : NULL;
}

int
model_find_person (const char *id)
{
  for (int i = 0; id != NULL && i < MODEL_N_ALL; i++)
    if (g_str_equal (model_people[i], id))
      return i;
  return -1;
}

int
model_find_place (const char *id)
{
  for (int i = 0; id != NULL && i < MODEL_N_PLACES; i++)
    if (g_str_equal (model_places[i], id))
      return i;
  return -1;
}

/* The bodies of the simulation are flat and say nothing twice. */
char *
model_get_field (const char *body, const char *name)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":", name);
  const char *value = strstr (body, key);

  if (value == NULL)
    return NULL;
  value += strlen (key);
  if (*value == '"')
    return g_strndup (value + 1, strcspn (value + 1, "\""));
  return g_strndup (value, strcspn (value, ",}"));
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const WayEvent *first = (*(ModelRow *const *) a)->event;
  const WayEvent *second = (*(ModelRow *const *) b)->event;

  if (first->effective != second->effective)
    return first->effective < second->effective ? -1 : 1;
  return strcmp (first->id, second->id);
}

static void
apply_role (Model *self, int person, const char *role, int place, gboolean is_on)
{
  if (g_strcmp0 (role, "champion") == 0)
    self->is_champion[person][place] = is_on;
  else if (g_strcmp0 (role, "manager") == 0)
    self->is_manager[person][place] = is_on;
  else if (g_strcmp0 (role, "lead") == 0)
    self->is_lead[person] = is_on;
}

static void
apply_row (Model *self, const ModelRow *row)
{
  const WayEvent *event = row->event;
  g_autofree char *person_id = model_get_field (event->body, "person");
  g_autofree char *place_id = model_get_field (event->body, "place");
  g_autofree char *ended = model_get_field (event->body, "ended");
  gboolean is_on = g_strcmp0 (ended, "0") == 0;
  int person = model_find_person (person_id);
  int place = model_find_place (place_id);

  if (g_str_equal (event->kind, "person") && person >= 0)
    self->is_here[person] = is_on;
  else if (g_str_equal (event->kind, "membership") && person >= 0 && place >= 0)
    self->is_member[person][place] = is_on;
  else if (g_str_equal (event->kind, "role_grant") && person >= 0)
    {
      g_autofree char *role = model_get_field (event->body, "role");

      apply_role (self, person, role, place >= 0 ? place : MODEL_WHOLE, is_on);
    }
  else if (g_str_equal (event->kind, "place") && place >= 0)
    {
      g_autofree char *parent = model_get_field (event->body, "parent");

      self->parent[place] = model_find_place (parent);
    }
  else
    {
      g_autofree char *key = model_get_field (event->body, "key");
      g_autofree char *value = model_get_field (event->body, "value");

      if (g_strcmp0 (key, "share_levels") != 0)
        return;
      if (g_str_equal (event->kind, "setting"))
        self->are_all_sharing = g_strcmp0 (value, "champion") == 0;
      else if (row->about >= 0)
        self->is_sharing[row->about] = g_strcmp0 (value, "champion") == 0;
    }
}

gboolean
model_is_governing (const char *kind)
{
  static const char *const kinds[] = { "person",  "membership", "role_grant",   "place",
                                       "setting", "preference", "champion_term" };

  return IS_ONE_OF (kind, kinds);
}

void
model_refresh (Model *self)
{
  g_autoptr (GPtrArray) governing = NULL;
  g_autoptr (GPtrArray) of_terms = g_ptr_array_new ();

  if (!self->is_stale || self->is_frozen)
    return;
  self->is_stale = FALSE;
  memset (self->is_here, 0, sizeof self->is_here);
  memset (self->is_member, 0, sizeof self->is_member);
  memset (self->is_champion, 0, sizeof self->is_champion);
  memset (self->is_manager, 0, sizeof self->is_manager);
  memset (self->is_lead, 0, sizeof self->is_lead);
  memset (self->is_sharing, 0, sizeof self->is_sharing);
  self->are_all_sharing = FALSE;
  for (guint i = 0; i < MODEL_N_PLACES; i++)
    self->parent[i] = -1;
  governing = g_ptr_array_new ();
  for (guint i = 0; i < self->rows->len; i++)
    {
      ModelRow *row = self->rows->pdata[i];

      if (model_is_governing (row->event->kind) && row->event->allowed == 1 && !row->is_withdrawn)
        g_ptr_array_add (governing, row);
    }
  g_ptr_array_sort (governing, compare_rows);
  for (guint i = 0; i < governing->len; i++)
    {
      apply_row (self, governing->pdata[i]);
      if (g_str_equal (((ModelRow *) governing->pdata[i])->event->kind, "champion_term"))
        g_ptr_array_add (of_terms, governing->pdata[i]);
    }
  g_ptr_array_unref (self->terms);
  self->terms = model_list_terms (of_terms);
  for (guint i = 0; i < self->terms->len; i++)
    {
      const ModelTerm *term = self->terms->pdata[i];

      if (term->is_active && term->place >= 0)
        self->is_champion[term->person][term->place] = TRUE;
    }
}

GPtrArray *
model_get_terms (Model *self)
{
  model_refresh (self);
  return self->terms;
}

static gboolean
is_below (Model *self, int place, int top)
{
  for (guint depth = 0; place >= 0 && depth < MODEL_N_PLACES; depth++)
    {
      if (place == top)
        return TRUE;
      place = self->parent[place];
    }
  return FALSE;
}

static gboolean
reaches_place (Model *self, const gboolean role[MODEL_N_PLACES + 1], int place)
{
  if (place < 0)
    return FALSE;
  if (role[MODEL_WHOLE])
    return TRUE;
  for (int top = 0; top < MODEL_N_PLACES; top++)
    if (role[top] && is_below (self, place, top))
      return TRUE;
  return FALSE;
}

static gboolean
reaches_person (Model *self, const gboolean role[MODEL_N_PLACES + 1], int person)
{
  for (int place = 0; person >= 0 && place < MODEL_N_PLACES; place++)
    if (self->is_member[person][place] && reaches_place (self, role, place))
      return TRUE;
  return FALSE;
}

gboolean
model_is_here (Model *self, guint person)
{
  model_refresh (self);
  return self->is_here[person];
}

gboolean
model_is_of_many (Model *self, int place)
{
  guint n = 0;

  model_refresh (self);
  for (guint i = 0; i < MODEL_N_ALL; i++)
    n += self->is_here[i] && self->is_member[i][place];
  return n >= 8;
}

gboolean
model_is_champion_of (Model *self, guint person, guint place)
{
  model_refresh (self);
  return self->is_champion[person][place]
         || (self->is_champion[person][MODEL_WHOLE] && self->parent[place] < 0);
}

static gboolean
has_any (const gboolean role[MODEL_N_PLACES + 1])
{
  for (guint i = 0; i <= MODEL_N_PLACES; i++)
    if (role[i])
      return TRUE;
  return FALSE;
}

gboolean
model_is_champion (Model *self, guint person)
{
  model_refresh (self);
  return has_any (self->is_champion[person]);
}

gboolean
model_is_lead (Model *self, guint person)
{
  model_refresh (self);
  return self->is_lead[person];
}

/* A request from anywhere names whom it asks. */
static gboolean
names (const ModelRow *request, guint person)
{
  g_autofree char *called = NULL;
  g_auto (GStrv) people = NULL;

  if (!g_str_equal (request->event->kind, "help_request"))
    return FALSE;
  called = model_get_field (request->event->body, "called");
  people = g_strsplit (called != NULL ? called : "", " ", -1);
  return g_strv_contains ((const char *const *) people, model_people[person]);
}

/* Whether somebody has asked and named that champion. */
static gboolean
has_called (Model *self, int asker, guint champion)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const ModelRow *row = self->rows->pdata[i];

      if (row->event->allowed == 1 && row->about == asker && names (row, champion))
        return TRUE;
    }
  return FALSE;
}

gboolean
model_is_called (Model *self, guint person)
{
  if (!model_is_champion (self, person))
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const ModelRow *row = self->rows->pdata[i];

      if (row->event->allowed == 1 && names (row, person))
        return TRUE;
    }
  return FALSE;
}

gboolean
model_is_private (const char *kind)
{
  return IS_ONE_OF (kind, private_kinds);
}

const ModelRow *
model_find_target (Model *self, const ModelRow *row)
{
  return model_find_row (self, g_hash_table_lookup (self->targets, row->event->id));
}

/* A request that names the viewer, or what was done about it. */
static gboolean
is_of_calls (Model *self, guint viewer, const ModelRow *row)
{
  const ModelRow *request = g_str_equal (row->event->kind, "help_action")
                                ? model_find_target (self, row)
                                : row;

  return request != NULL && request->event->allowed == 1 && has_any (self->is_champion[viewer])
         && names (request, viewer);
}

/* What is the viewer's to see by what it says and about whom. */
static gboolean
concerns (Model *self, guint viewer, const ModelRow *row, gboolean *is_by_role)
{
  const WayEvent *event = row->event;

  *is_by_role = FALSE;
  if (row->author == (int) viewer)
    return TRUE;
  if (model_is_private (event->kind))
    return FALSE;
  if (event->subject != NULL && g_str_equal (event->subject, model_people[viewer]))
    return TRUE;
  *is_by_role = TRUE;
  if (IS_ONE_OF (event->kind, catalogue_kinds))
    return TRUE;
  if (IS_ONE_OF (event->kind, champions_kinds))
    return has_any (self->is_champion[viewer]) || self->is_lead[viewer];
  if (IS_ONE_OF (event->kind, unit_kinds))
    return is_of_calls (self, viewer, row)
           || reaches_person (self, self->is_champion[viewer], row->about)
           || reaches_place (self, self->is_champion[viewer], model_find_place (event->unit));
  if (IS_ONE_OF (event->kind, shared_kinds))
    return row->about >= 0 && (self->are_all_sharing || self->is_sharing[row->about])
           && reaches_person (self, self->is_champion[viewer], row->about);
  return FALSE;
}

/* Whether it may ever cross the line to the viewer, as things stand. */
gboolean
model_may_see (Model *self, guint viewer, const ModelRow *row)
{
  const ModelRow *target;
  gboolean is_by_role;

  model_refresh (self);
  if (!self->is_here[viewer])
    return FALSE;
  if (concerns (self, viewer, row, &is_by_role))
    return !is_by_role || row->event->allowed == 1;
  if (!g_str_equal (row->event->kind, "retraction"))
    return FALSE;
  /* A withdrawal goes to whoever could have what it withdraws. */
  target = model_find_target (self, row);
  return target != NULL && concerns (self, viewer, target, &is_by_role)
         && (!is_by_role || (row->event->allowed == 1 && target->event->allowed == 1));
}

/* Whether a device of the viewer that has come to rest has it. */
gboolean
model_must_see (Model *self, guint viewer, const ModelRow *row)
{
  gboolean is_by_role;

  model_refresh (self);
  if (!self->is_here[viewer] || !concerns (self, viewer, row, &is_by_role))
    return FALSE;
  if (row->author == (int) viewer)
    return TRUE;
  return !row->is_withdrawn && (!is_by_role || row->event->allowed == 1);
}

/* A role for a unit reaches its people, or what is addressed there where nobody
 * is named. */
static gboolean
has_role_for (Model *self, const gboolean role[MODEL_N_PLACES + 1], int about, const char *unit)
{
  if (role[MODEL_WHOLE])
    return TRUE;
  if (about >= 0)
    return reaches_person (self, role, about);
  if (unit != NULL)
    return reaches_place (self, role, model_find_place (unit));
  return has_any (role);
}

/* Who may say what of a term: nobody accepts one for another, nobody makes themselves a champion.
 */
static gboolean
may_write_term (Model *self, guint author, const WayEvent *event, int about)
{
  static const char *const own[] = { "put-forward", "accepted", "paused", "ended" };
  static const char *const of_leads[] = { "appointed", "trained", "active",
                                          "paused",    "ended",   "nominated" };
  g_autofree char *state = model_get_field (event->body, "state");

  if (about < 0 && IS_ONE_OF (state, own))
    return TRUE;
  if (self->is_lead[author] && IS_ONE_OF (state, of_leads))
    return TRUE;
  return g_str_equal (state, "nominated")
         && has_role_for (self, self->is_manager[author], about, event->unit);
}

static gboolean
may_write_tip (Model *self, guint author, const WayEvent *event)
{
  g_autofree char *state = model_get_field (event->body, "state");
  const ModelRow *answer = model_find_row (self, g_hash_table_lookup (self->targets, event->id));
  gboolean is_there = answer != NULL && g_str_equal (answer->event->kind, "corner_action");
  const ModelRow *question = is_there ? model_find_target (self, answer) : NULL;

  if (g_str_equal (state, "taken-down"))
    return self->is_lead[author] || (is_there && answer->author == (int) author)
           || (question != NULL && g_str_equal (question->event->kind, "corner_question")
               && question->author == (int) author);
  return is_there && answer->author != (int) author && has_any (self->is_champion[author])
         && (question == NULL || !question->is_withdrawn);
}

static gboolean
may_write_help_action (Model *self, guint author, const WayEvent *event)
{
  static const char *const own[] = { "fixed", "not-fixed", "closed" };
  g_autofree char *action = model_get_field (event->body, "action");
  const ModelRow *request = model_find_row (self, g_hash_table_lookup (self->targets, event->id));
  int about = model_find_person (event->subject);

  if (request != NULL && g_str_equal (request->event->kind, "help_request"))
    about = request->about;
  if (about == (int) author)
    about = -1;
  if (about < 0 && IS_ONE_OF (action, own))
    return TRUE;
  if (request != NULL && about >= 0 && has_any (self->is_champion[author])
      && names (request, author))
    return TRUE;
  return self->is_lead[author]
         || has_role_for (self, self->is_champion[author], about, event->unit);
}

/* Who may write what about whom, of the kinds that are simulated. */
gboolean
model_may_write (Model *self, guint author, const WayEvent *event)
{
  static const char *const for_leads[] = { "person", "membership", "role_grant", "place",
                                           "setting" };
  gboolean is_oneself = event->subject == NULL
                        || g_str_equal (event->subject, model_people[author]);
  int about = is_oneself ? -1 : model_find_person (event->subject);

  model_refresh (self);
  if (g_str_equal (event->kind, "thanks") || g_str_equal (event->kind, "retraction"))
    return TRUE;
  if (g_str_equal (event->kind, "erasure"))
    return FALSE;
  if (IS_ONE_OF (event->kind, for_leads))
    return self->is_lead[author];
  if (g_str_equal (event->kind, "evidence_answer"))
    return TRUE;
  if (g_str_equal (event->kind, "champion_term"))
    return may_write_term (self, author, event, about);
  if (g_str_equal (event->kind, "corner_question"))
    return has_role_for (self, self->is_champion[author], about, event->unit);
  if (g_str_equal (event->kind, "corner_action"))
    {
      g_autofree char *action = model_get_field (event->body, "action");

      return g_str_equal (action, "answered")
                 ? has_role_for (self, self->is_champion[author], about, event->unit)
                 : self->is_lead[author];
    }
  if (g_str_equal (event->kind, "tip"))
    return may_write_tip (self, author, event);
  if (g_str_equal (event->kind, "help_action"))
    return may_write_help_action (self, author, event);
  if (g_str_equal (event->kind, "on_call"))
    {
      g_autofree char *ended = model_get_field (event->body, "ended");

      return is_oneself
             && (g_str_equal (ended, "1")
                 || has_role_for (self, self->is_champion[author], about, event->unit));
    }
  if (g_str_equal (event->kind, "evidence_file"))
    return !is_oneself
           && (has_role_for (self, self->is_champion[author], about, event->unit)
               || has_role_for (self, self->is_manager[author], about, event->unit));
  if (g_str_equal (event->kind, "evidence"))
    {
      g_autofree char *type = model_get_field (event->body, "type");

      if (is_oneself)
        return g_strcmp0 (type, "used") == 0;
      return has_role_for (self, self->is_champion[author], about, NULL)
             || has_role_for (self, self->is_manager[author], about, NULL);
    }
  if (g_str_equal (event->kind, "help_given") && !is_oneself && about >= 0
      && has_any (self->is_champion[author]) && has_called (self, about, author))
    return TRUE;
  if (g_str_equal (event->kind, "notice") || g_str_equal (event->kind, "help_given"))
    return has_role_for (self, self->is_champion[author], about, event->unit)
           || (g_str_equal (event->kind, "notice") && self->is_lead[author]);
  return is_oneself;
}
