/* way-fit-nodes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-calibration-private.h"

#include <math.h>
#include <string.h>

/* private: nodes six SDs to each side of the group, and the logarithms of their weights */
void
way_fit_set_nodes (WayFit *self)
{
  const double step = 2 * WAY_SCALE_END / (WAY_NODES - 1);
  double sum = 0;

  for (guint q = 0; q < WAY_NODES; q++)
    {
      double z = -WAY_SCALE_END + q * step;

      self->nodes[q] = self->mean + self->sd * z;
      self->weights[q] = exp (-.5 * z * z);
      sum += self->weights[q];
    }
  for (guint q = 0; q < WAY_NODES; q++)
    self->weights[q] = log (self->weights[q] / sum);
}

/* private: the logarithms of P and Q of each item at each node */
void
way_fit_tabulate (WayFit *self)
{
  for (guint i = 0; i < self->sheet->n_items; i++)
    for (guint q = 0; q < WAY_NODES; q++)
      {
        gsize at = (gsize) i * WAY_NODES + q;

        self->log_right[at] = way_curve_log_likelihood (&self->curves[i], self->nodes[q], 1);
        self->log_wrong[at] = way_curve_log_likelihood (&self->curves[i], self->nodes[q], 0);
      }
}

/* private: where a person may be, by their answers; returns the log probability of those */
double
way_fit_get_posterior (const WayFit *self, guint person, double *posterior)
{
  const WaySheet *sheet = self->sheet;
  double most = -HUGE_VAL;
  double sum = 0;

  memcpy (posterior, self->weights, sizeof self->weights);
  for (guint k = sheet->start[person]; k < sheet->start[person + 1]; k++)
    {
      const double *table = sheet->score[k] > .5 ? self->log_right : self->log_wrong;
      const double *row = table + (gsize) sheet->item[k] * WAY_NODES;

      for (guint q = 0; q < WAY_NODES; q++)
        posterior[q] += row[q];
    }
  for (guint q = 0; q < WAY_NODES; q++)
    most = MAX (most, posterior[q]);
  for (guint q = 0; q < WAY_NODES; q++)
    {
      posterior[q] = exp (posterior[q] - most);
      sum += posterior[q];
    }
  for (guint q = 0; q < WAY_NODES; q++)
    posterior[q] /= sum;

  return most + log (sum);
}

/* private: the E step; returns the log likelihood */
double
way_fit_expect (WayFit *self)
{
  const WaySheet *sheet = self->sheet;
  const double step = 2 * WAY_SCALE_END / (WAY_NODES - 1);
  gsize room = (gsize) sheet->n_items * WAY_NODES;
  double log_likelihood = 0;

  memset (self->right, 0, sizeof (double) * room);
  memset (self->all, 0, sizeof (double) * room);
  self->first = self->second = 0;

  for (guint v = 0; v < sheet->n_people; v++)
    {
      double posterior[WAY_NODES];

      log_likelihood += way_fit_get_posterior (self, v, posterior);
      for (guint k = sheet->start[v]; k < sheet->start[v + 1]; k++)
        {
          gsize at = (gsize) sheet->item[k] * WAY_NODES;

          double *row = (sheet->score[k] > .5 ? self->right : self->all) + at;

          for (guint q = 0; q < WAY_NODES; q++)
            row[q] += posterior[q];
        }
      for (guint q = 0; q < WAY_NODES; q++)
        {
          double z = -WAY_SCALE_END + q * step;

          self->first += posterior[q] * z;
          self->second += posterior[q] * z * z;
        }
    }

  /* So far those that are wrong. */
  for (gsize at = 0; at < room; at++)
    self->all[at] += self->right[at];

  return log_likelihood;
}
