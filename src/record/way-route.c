/* way-route.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-route.h"

#include <string.h>

/* Whom a request for help goes to, and whom after that. Everything follows from what is
 * given: the same request, champions and passes give the same steps at any time, and the
 * moment says only in which step one is. */

#define DEPARTMENT 1                    /* how far up it is */
#define WEEKEND 5                       /* its first day, of those from Monday on */
#define SEARCH_SHIFTS (8 * WAY_N_PARTS) /* a week, and the shift that goes on */

typedef struct
{
  const WayRouteRequest *request;
  const WayRouteChampion *champions;
  guint n_champions;
  const WayRouteSettings *settings;
  gboolean *was_asked; /* by place */
  guint n_asked;
  GArray *steps;
} Routing;

/**
 * way_route_settings_init:
 * @zone: (transfer none): the trust's; it must outlive the settings
 *
 * What holds where the trust has set nothing.
 */
void
way_route_settings_init (WayRouteSettings *self, GTimeZone *zone)
{
  g_return_if_fail (self != NULL && zone != NULL);

  *self = (WayRouteSettings){
    .zone = zone,
    .patience = WAY_HELP_MINUTES * 60 * G_USEC_PER_SEC,
    .most_open = WAY_HELP_MOST_OPEN,
    .most_asked = WAY_HELP_MOST_ASKED,
  };
  way_shift_times_read (NULL, &self->times, NULL);
}

static guint
count_parts (const char *path, gsize length)
{
  guint n = 0;

  for (gsize i = 1; i < length; i++)
    if (path[i] == '/')
      n++;
  return n;
}

/**
 * way_route_count_up:
 * @from: the path of a unit
 * @path: the path of another
 *
 * How many steps one goes up from a unit until the other is within reach: 0 where it is the
 * same or part of it, 1 where it is elsewhere in the department, and so on. "" is all of the
 * trust, as far up as one can go.
 */
int
way_route_count_up (const char *from, const char *path)
{
  gsize common = 0;

  g_return_val_if_fail (from != NULL && path != NULL, 0);

  for (gsize i = 0; from[i] != '\0' && from[i] == path[i]; i++)
    if (from[i] == '/')
      common = i + 1;
  return (int) (count_parts (from, strlen (from)) - count_parts (from, common));
}

static gboolean
knows (const WayRouteChampion *champion, const char *system)
{
  g_auto (GStrv) words = NULL;

  if (system == NULL || champion->systems == NULL)
    return FALSE;
  words = g_strsplit (champion->systems, " ", -1);
  return g_strv_contains ((const char *const *) words, system);
}

/* A number that both have together, the same everywhere, so that chance is even between
 * those who are alike. */
static guint
mix (const char *request, const char *person)
{
  g_autofree char *both = g_strconcat (request, " ", person, NULL);

  return g_str_hash (both) * 2654435761u;
}

/* How many times as many as they may somebody has open. So in a flood, when all have as many as
 * they may, it does not all come to the nearest. */
static int
count_full (const WayRouteSettings *settings, const WayRouteChampion *champion)
{
  return (int) (champion->n_open / MAX (settings->most_open, 1));
}

/* How near somebody is: unit, department, …. Of whom nobody knows when they work is there by day on
 * weekdays as often as not, knows the place, and is followed after minutes where they are not: so
 * then they come after all of the department whose shift it is, and before those of others. At
 * night and at weekends they are most likely not there, and come last. */
static int
rank (const Routing *self, const WayRouteChampion *champion, WayShift shift)
{
  int up = way_route_count_up (self->request->path, champion->path);

  if (champion->shifts != 0)
    return 2 * up;
  if (up <= DEPARTMENT && shift.part != WAY_PART_NIGHT
      && way_shift_get_weekday (shift.day) < WEEKEND)
    return 2 * DEPARTMENT + 1;
  return G_MAXINT;
}

/* Whether a comes before b, of two who may both be asked on a shift. */
static gboolean
is_before (const Routing *self, guint a, guint b, WayShift shift)
{
  const WayRouteChampion *one = &self->champions[a];
  const WayRouteChampion *other = &self->champions[b];
  const char *from = self->request->path;
  int one_rank = rank (self, one, shift);
  int other_rank = rank (self, other, shift);
  const int differences[] = {
    count_full (self->settings, one) - count_full (self->settings, other),
    (one_rank > other_rank) - (one_rank < other_rank),
    way_route_count_up (from, one->path) - way_route_count_up (from, other->path),
    knows (other, self->request->system) - knows (one, self->request->system),
    one->n_open < other->n_open ? -1 : one->n_open > other->n_open,
    one->last_taken < other->last_taken ? -1 : one->last_taken > other->last_taken,
  };
  guint left, right;

  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    if (differences[i] != 0)
      return differences[i] < 0;
  left = mix (self->request->id, one->person);
  right = mix (self->request->id, other->person);
  return left != right ? left < right : strcmp (one->person, other->person) < 0;
}

static gboolean
may_be_asked (const Routing *self, guint place)
{
  const WayRouteChampion *champion = &self->champions[place];

  return champion->is_active && !self->was_asked[place]
         && strcmp (champion->person, self->request->person) != 0;
}

/* The best of those whose shift it is, or of whom nobody knows; −1 for nobody. */
static int
choose (const Routing *self, WayShift shift)
{
  int best = -1;

  for (guint i = 0; i < self->n_champions; i++)
    if (may_be_asked (self, i)
        && (self->champions[i].shifts == 0 || way_shift_set_has (self->champions[i].shifts, shift))
        && (best < 0 || is_before (self, i, (guint) best, shift)))
      best = (int) i;
  return best;
}

static void
add_step (Routing *self, int champion, WayRouteWhy why, gint64 from)
{
  WayRouteStep step = { .champion = champion, .why = why, .from = from, .until = G_MAXINT64 };

  if (self->steps->len > 0)
    g_array_index (self->steps, WayRouteStep, self->steps->len - 1).until = from;
  if (champion >= 0)
    {
      step.up = way_route_count_up (self->request->path, self->champions[champion].path);
      self->was_asked[champion] = TRUE;
      self->n_asked++;
    }
  g_array_append_val (self->steps, step);
}

/* When somebody who has not been asked comes on shift; G_MAXINT64 for not within a week. */
static gint64
find_return (const Routing *self, WayShift shift)
{
  for (guint i = 0; i < SEARCH_SHIFTS; i++)
    {
      gint64 start, end;

      shift = way_shift_get_next (shift);
      if (!way_shift_get_bounds (&self->settings->times, self->settings->zone, shift, &start, &end))
        break;
      if (choose (self, shift) >= 0)
        return start;
    }
  return G_MAXINT64;
}

/* When who is asked from a moment on is no longer waited for: the time is up, or their shift
 * has ended and they do not work the next. */
static gint64
find_end (const Routing *self, guint place, WayShift shift, gint64 from)
{
  const WayRouteSettings *settings = self->settings;
  WayShiftSet shifts = self->champions[place].shifts;
  gint64 up = from + settings->patience;
  gint64 start, end;

  while (shifts != 0 && way_shift_get_bounds (&settings->times, settings->zone, shift, &start, &end)
         && end < up)
    {
      shift = way_shift_get_next (shift);
      if (!way_shift_set_has (shifts, shift))
        return end;
    }
  return up;
}

/* All that follows from a moment on. */
static void
go_on (Routing *self, gint64 from)
{
  const WayRouteSettings *settings = self->settings;
  WayShift shift;

  while (self->n_asked < settings->most_asked
         && way_shift_find (&settings->times, settings->zone, from, &shift))
    {
      int best = choose (self, shift);
      gint64 back;

      if (best >= 0)
        {
          add_step (self, best,
                    self->champions[best].shifts == 0 ? WAY_ROUTE_MAYBE : WAY_ROUTE_ON_SHIFT, from);
          from = find_end (self, (guint) best, shift, from);
          continue;
        }
      back = find_return (self, shift);
      if (back == G_MAXINT64 && self->steps->len > 0)
        break;
      add_step (self, -1, WAY_ROUTE_NOBODY, from);
      if (back == G_MAXINT64)
        return;
      from = back;
    }
  add_step (self, -1, WAY_ROUTE_DESK, from);
}

static int
find_champion (const Routing *self, const char *person)
{
  for (guint i = 0; person != NULL && i < self->n_champions; i++)
    if (strcmp (self->champions[i].person, person) == 0)
      return (int) i;
  return -1;
}

/* What was planned from a moment on will not be, and who has passed it on is not asked. */
static void
cut (Routing *self, const WayRoutePass *passes, guint n_passes, gint64 at)
{
  while (self->steps->len > 0
         && g_array_index (self->steps, WayRouteStep, self->steps->len - 1).from >= at)
    g_array_set_size (self->steps, self->steps->len - 1);
  self->n_asked = 0;
  for (guint i = 0; i < self->n_champions; i++)
    self->was_asked[i] = FALSE;
  for (guint i = 0; i < self->steps->len; i++)
    {
      int champion = g_array_index (self->steps, WayRouteStep, i).champion;

      if (champion >= 0)
        {
          self->was_asked[champion] = TRUE;
          self->n_asked++;
        }
    }
  for (guint i = 0; i < n_passes; i++)
    {
      int from = find_champion (self, passes[i].from);

      if (from >= 0)
        self->was_asked[from] = TRUE;
    }
}

/**
 * way_route_help:
 * @champions: of the trust, or those who are known here
 * @passes: (nullable): who has passed it on, in the order of time
 *
 * Whom a request is sent to from its first moment on: a champion of the unit who is on
 * shift, then of the department, then of the trust; of those alike who knows the system,
 * then the one with the fewest open requests, then whoever took one longest ago. Those who
 * have as many as they may only where there is nobody else, those who have twice as many after
 * those, and so on. Those of whom nobody knows when they work come after those whose shift it is;
 * only on weekdays by day those of the unit and the department come before other departments.
 * Who has not taken it when the time is up, or goes off shift, is followed by the next; after so
 * many the service desk has it. Where nobody is on shift the service desk has it at once, until
 * somebody comes.
 *
 * Returns: (transfer full) (element-type WayRouteStep): at least one, each beginning where
 *   the one before it ends, the first at the request's time; the last has no end
 */
GArray *
way_route_help (const WayRouteRequest *request,
                const WayRouteChampion *champions,
                guint n_champions,
                const WayRoutePass *passes,
                guint n_passes,
                const WayRouteSettings *settings)
{
  g_autofree gboolean *was_asked = g_new0 (gboolean, n_champions + 1);
  Routing self = { request, champions, n_champions, settings, was_asked, 0, NULL };

  g_return_val_if_fail (request != NULL && settings != NULL && settings->patience > 0, NULL);
  g_return_val_if_fail (champions != NULL || n_champions == 0, NULL);

  self.steps = g_array_new (FALSE, FALSE, sizeof (WayRouteStep));
  go_on (&self, request->at);
  for (guint i = 0; i < n_passes; i++)
    {
      gint64 at = MAX (passes[i].at, request->at + 1);
      int to = find_champion (&self, passes[i].to);

      cut (&self, passes, i + 1, at);
      if (to >= 0 && champions[to].is_active)
        {
          add_step (&self, to, WAY_ROUTE_PASSED, at);
          at += settings->patience;
        }
      go_on (&self, at);
    }
  return self.steps;
}

/**
 * way_route_find:
 * @steps: of way_route_help()
 * @now: µs UTC
 *
 * Returns: (transfer none): the step in which a moment lies; the first where it is before it
 */
const WayRouteStep *
way_route_find (GArray *steps, gint64 now)
{
  guint place = 0;

  g_return_val_if_fail (steps != NULL && steps->len > 0, NULL);

  while (place + 1 < steps->len && g_array_index (steps, WayRouteStep, place + 1).from <= now)
    place++;
  return &g_array_index (steps, WayRouteStep, place);
}

/**
 * way_route_find_next_champion:
 *
 * Returns: (transfer none) (nullable): the next step after the one of now in which a person
 *   is asked
 */
const WayRouteStep *
way_route_find_next_champion (GArray *steps, gint64 now)
{
  g_return_val_if_fail (steps != NULL, NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const WayRouteStep *step = &g_array_index (steps, WayRouteStep, i);

      if (step->from > now && step->champion >= 0)
        return step;
    }
  return NULL;
}
