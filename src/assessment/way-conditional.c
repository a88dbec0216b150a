/* way-conditional.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-calibration-private.h"

#include <math.h>
#include <string.h>

#define MOST_ROUNDS 100
#define TOLERANCE 1e-11

/* People who have answered the same items. */
typedef struct
{
  guint n_items;
  guint *items;  /* (owned) sorted */
  guint *scores; /* (owned) 0 … n_items: how many people */
} Booklet;

static void
booklet_free (Booklet *booklet)
{
  g_free (booklet->items);
  g_free (booklet->scores);
  g_free (booklet);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

static GPtrArray *
list_booklets (const WaySheet *sheet)
{
  GPtrArray *booklets = g_ptr_array_new_with_free_func ((GDestroyNotify) booklet_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint v = 0; v < sheet->n_people; v++)
    {
      guint n = sheet->start[v + 1] - sheet->start[v];
      g_autofree guint *items = g_memdup2 (sheet->item + sheet->start[v], sizeof (guint) * n);
      g_autoptr (GString) key = g_string_new (NULL);
      Booklet *booklet;
      guint right = 0;

      if (n == 0)
        continue;
      qsort (items, n, sizeof (guint), compare_items);
      for (guint i = 0; i < n; i++)
        {
          g_string_append_printf (key, "%u ", items[i]);
          right += sheet->score[sheet->start[v] + i] > .5;
        }
      booklet = g_hash_table_lookup (known, key->str);
      if (booklet == NULL)
        {
          booklet = g_new0 (Booklet, 1);
          booklet->n_items = n;
          booklet->items = g_steal_pointer (&items);
          booklet->scores = g_new0 (guint, n + 1);
          g_ptr_array_add (booklets, booklet);
          g_hash_table_insert (known, g_strdup (key->str), booklet);
        }
      booklet->scores[right]++;
    }

  return booklets;
}

/* How likely each number of right answers is when every item is right with its own
 * probability; items @skip and @skip_too are left out. In place of symmetric functions,
 * which it is proportional to, since these stay between 0 and 1. */
static void
count_right (const double *p, guint n, int skip, int skip_too, double *counts)
{
  guint done = 0;

  counts[0] = 1;
  for (guint i = 0; i < n; i++)
    {
      if ((int) i == skip || (int) i == skip_too)
        continue;
      counts[done + 1] = counts[done] * p[i];
      for (guint r = done; r > 0; r--)
        counts[r] = counts[r] * (1 - p[i]) + counts[r - 1] * p[i];
      counts[0] *= 1 - p[i];
      done++;
    }
}

/* The conditional log likelihood of one booklet, its gradient by b, and minus its second
 * derivatives where @matrix is wanted. */
static double
add_booklet (const Booklet *booklet,
             const double *b,
             const double *right,
             guint n_all,
             double *gradient,
             double *matrix)
{
  guint n = booklet->n_items;
  g_autofree double *p = g_new (double, n);
  g_autofree double *counts = g_new0 (double, n + 2);
  g_autofree double *without = g_new0 (double, n + 2);
  g_autofree double *given = g_new0 (double, (gsize) n *(n + 1));
  double sum = 0;

  for (guint i = 0; i < n; i++)
    p[i] = 1 / (1 + exp (b[booklet->items[i]]));
  count_right (p, n, -1, -1, counts);

  for (guint r = 1; r < n; r++)
    {
      double log_sum = log (counts[r]);

      if (booklet->scores[r] == 0)
        continue;
      for (guint i = 0; i < n; i++)
        log_sum -= log1p (-p[i]);
      sum -= booklet->scores[r] * log_sum;
    }

  for (guint i = 0; i < n; i++)
    {
      count_right (p, n, i, -1, without);
      for (guint r = 1; r < n; r++)
        {
          double share = p[i] * without[r - 1] / counts[r];

          given[(gsize) i * (n + 1) + r] = share;
          gradient[booklet->items[i]] += booklet->scores[r] * share;
        }
    }
  if (matrix == NULL)
    return sum;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j <= i; j++)
      {
        const double *of_i = given + (gsize) i * (n + 1);
        const double *of_j = given + (gsize) j * (n + 1);
        gsize row = booklet->items[i];
        gsize column = booklet->items[j];
        double information = 0;

        if (i != j)
          count_right (p, n, i, j, without);
        for (guint r = 1; r < n; r++)
          {
            double both = of_i[r];

            if (booklet->scores[r] == 0)
              continue;
            if (i != j)
              both = r >= 2 ? p[i] * p[j] * without[r - 2] / counts[r] : 0;
            information += booklet->scores[r] * (both - of_i[r] * of_j[r]);
          }
        matrix[row * n_all + column] += information;
        if (i != j)
          matrix[column * n_all + row] += information;
      }

  return sum;
}

/* Right answers to each item by people who have neither all nor none right: the others
 * say nothing about the difference between items. */
static void
count_informative (const WaySheet *sheet, double *right, guint *n)
{
  for (guint v = 0; v < sheet->n_people; v++)
    {
      guint all = sheet->start[v + 1] - sheet->start[v];
      guint score = 0;

      for (guint k = sheet->start[v]; k < sheet->start[v + 1]; k++)
        score += sheet->score[k] > .5;
      if (score == 0 || score == all)
        continue;
      for (guint k = sheet->start[v]; k < sheet->start[v + 1]; k++)
        {
          right[sheet->item[k]] += sheet->score[k];
          n[sheet->item[k]]++;
        }
    }
}

static double
evaluate (GPtrArray *booklets,
          const double *right,
          guint n,
          const double *b,
          double *gradient,
          double *matrix)
{
  double sum = 0;

  memset (gradient, 0, sizeof (double) * n);
  if (matrix != NULL)
    memset (matrix, 0, sizeof (double) * n * n);
  for (guint i = 0; i < booklets->len; i++)
    sum += add_booklet (booklets->pdata[i], b, right, n, gradient, matrix);
  for (guint i = 0; i < n; i++)
    {
      sum -= right[i] * b[i];
      gradient[i] -= right[i];
    }

  return sum;
}

/* The inverse among difficulties that sum to 0; FALSE where more than that is open. */
static gboolean
invert_centred (guint n, double *matrix)
{
  double trace = 0;

  for (gsize i = 0; i < n; i++)
    trace += matrix[i * n + i];
  for (gsize i = 0; i < (gsize) n * n; i++)
    matrix[i] += trace / n / n;
  if (!way_matrix_invert (n, matrix))
    return FALSE;
  for (gsize i = 0; i < (gsize) n * n; i++)
    matrix[i] -= trace > 0 ? 1 / trace : 0;

  return TRUE;
}

/* private: difficulties and their errors by conditional maximum likelihood */
gboolean
way_conditional_fit (const WaySheet *sheet,
                     const WayCalibrationPlan *plan,
                     WayCalibration *result,
                     GCancellable *cancellable,
                     GError **error)
{
  guint n = sheet->n_items;
  g_autoptr (GPtrArray) booklets = list_booklets (sheet);
  g_autofree double *right = g_new0 (double, n);
  g_autofree guint *answers = g_new0 (guint, n);
  g_autofree double *b = g_new0 (double, n);
  g_autofree double *next = g_new0 (double, n);
  g_autofree double *gradient = g_new0 (double, n);
  g_autofree double *scratch = g_new0 (double, n);
  g_autofree double *matrix = g_new0 (double, (gsize) n *n);
  double sum = 0;

  count_informative (sheet, right, answers);
  for (guint i = 0; i < n; i++)
    if (right[i] <= 0 || right[i] >= answers[i])
      {
        g_set_error (error, WAY_CALIBRATION_ERROR, WAY_CALIBRATION_ERROR_EXTREME,
                     "Item “%s” has only right or only wrong answers by people who have some of "
                     "each: they give it no difficulty",
                     plan->names != NULL ? plan->names[i] : "?");
        return FALSE;
      }
  for (guint i = 0; i < n; i++)
    {
      b[i] = log ((answers[i] - right[i]) / right[i]);
      sum += b[i];
    }
  for (guint i = 0; i < n; i++)
    b[i] -= sum / n;

  for (guint round = 1; round <= MOST_ROUNDS; round++)
    {
      double height = evaluate (booklets, right, n, b, gradient, matrix);
      double longest = 0;
      double scale = 1;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!isfinite (height) || !invert_centred (n, matrix))
        break;
      for (gsize i = 0; i < n; i++)
        {
          next[i] = 0;
          for (gsize j = 0; j < n; j++)
            next[i] += matrix[i * n + j] * gradient[j];
          longest = MAX (longest, fabs (next[i]));
        }
      if (plan->progress != NULL)
        plan->progress (round, longest, plan->user_data);
      if (longest < TOLERANCE)
        {
          for (gsize i = 0; i < n; i++)
            {
              result->curves[i].parameters.b = b[i];
              result->se_b[i] = sqrt (matrix[i * n + i]);
            }
          result->log_likelihood = height;
          result->rounds = round;
          return TRUE;
        }

      if (longest > 2)
        scale = 2 / longest;
      for (guint halving = 0; halving < 30; halving++)
        {
          g_autofree double *tried = g_new (double, n);
          double reached;

          for (guint i = 0; i < n; i++)
            tried[i] = b[i] + scale * next[i];
          reached = evaluate (booklets, right, n, tried, scratch, NULL);
          if (reached >= height - 1e-9 * fabs (height))
            {
              memcpy (b, tried, sizeof (double) * n);
              break;
            }
          scale /= 2;
        }
    }

  g_set_error_literal (error, WAY_CALIBRATION_ERROR, WAY_CALIBRATION_ERROR_NOT_FOUND,
                       "The answers do not settle these difficulties: the items are not all linked "
                       "by people who have answered both of them, some rightly and some wrongly");

  return FALSE;
}
