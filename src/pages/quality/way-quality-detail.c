/* way-quality-detail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/quality/way-quality-detail.h"

#include "pages/way-detail.h"
#include "assessment/way-fairness.h"
#include "session/way-measure.h"
#include "session/way-quality.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* What is known of one question: why it is asked, who answers it, how hard it is, and what
 * the figures mean in words. */

/* Mean squares beyond these are more, or less, surprising than chance makes them. */
#define FIT_HIGH 1.3
#define FIT_LOW .7

/* What somebody has said about themselves as About me has it: "age: 30-44"; or their staff
 * group, as the trust has it. */
static char *
dup_group_name (WayPack *pack, const char *group)
{
  g_auto (GStrv) parts = g_strsplit (group, ": ", 2);
  guint n;
  const WayAboutQuestion *questions = way_about_me_list (&n);

  if (parts[0] != NULL && parts[1] != NULL && g_str_equal (parts[0], "staff_group"))
    {
      const WayRole *role = pack != NULL ? way_pack_find_role (pack, parts[1]) : NULL;

      /* Translators: a staff group, as “Staff group: Nursing”. */
      return g_strdup_printf (_ ("“Staff group: %s”"), role != NULL ? role->name : parts[1]);
    }

  for (guint i = 0; parts[0] != NULL && parts[1] != NULL && i < n; i++)
    for (guint k = 0;
         g_str_equal (questions[i].key, parts[0]) && k < G_N_ELEMENTS (questions[i].choices)
         && questions[i].choices[k].value != NULL;
         k++)
      if (g_str_equal (questions[i].choices[k].value, parts[1]))
        /* Translators: a question of About me, and an answer to it. */
        return g_strdup_printf (_ ("“%s: %s”"), _ (questions[i].label),
                                _ (questions[i].choices[k].label));
  return g_strdup_printf ("“%s”", group);
}

/**
 * way_quality_get_fit_words:
 * @n: answers
 *
 * Returns: what @infit, a mean square, says
 */
const char *
way_quality_get_fit_words (guint n, double infit)
{
  if (n < WAY_QUALITY_ANSWERS || !isfinite (infit))
    return _ ("Too few answers to say how well they go with its difficulty.");
  if (infit > FIT_HIGH)
    return _ ("Answers are more surprising than its difficulty says: read it again with fresh "
              "eyes, and calibrate before you change it.");
  if (infit < FIT_LOW)
    return _ ("Answers are more regular than chance makes them: it may ask the same as another "
              "question.");
  return _ ("Answers go with its difficulty.");
}

/**
 * way_quality_dup_fairness_words:
 * @pack: (nullable): whose staff groups they are
 * @grade: (nullable): A, B or C; %NULL where too few have answered
 * @group: (nullable): of the worst
 * @n: answers of the smaller of the two groups
 *
 * Returns: (transfer full): what it means
 */
char *
way_quality_dup_fairness_words (WayPack *pack, const char *grade, const char *group, guint n)
{
  g_autofree char *name = group != NULL ? dup_group_name (pack, group) : NULL;
  g_autofree char *words = NULL;

  if (grade == NULL)
    return g_strdup (_ ("Not known: it takes 100 answers in each of two groups."));
  if (g_str_equal (grade, "A") || name == NULL)
    return g_strdup (_ ("A: little or no difference between groups whose people stand at the same "
                        "place."));
  if (g_str_equal (grade, "B"))
    /* Translators: %s is a group of people, in quotes. */
    words = g_strdup_printf (_ ("B, to be watched: people of %s find it harder or less hard than "
                                "others who stand at the same place."),
                             name);
  else
    /* Translators: %s is a group of people, in quotes. */
    words = g_strdup_printf (_ ("C, to be looked at: people of %s find it much harder or much less "
                                "hard than others who stand at the same place."),
                             name);
  if (n >= WAY_FAIRNESS_ACTION)
    return g_steal_pointer (&words);

  /* Translators: the sentence before, and numbers of answers. */
  return g_strdup_printf (_ ("%s Do not act on it yet: the smaller group has %u answers, and it "
                             "takes %d."),
                          words, n, WAY_FAIRNESS_ACTION);
}

static void
add_number (GtkBox *box, const char *name, int decimals, double number)
{
  g_autofree char *text = isfinite (number) ? g_strdup_printf ("%.*f", decimals, number)
                                            : g_strdup ("–");

  way_detail_add_pair (box, name, text);
}

static void
add_difficulty (GtkBox *box, const char *name, WayRow *row, const char *b, const char *sd)
{
  /* Translators: a difficulty and its standard error. */
  g_autofree char *text = g_strdup_printf (_ ("%.2f, standard error %.2f"),
                                           way_row_get_number (row, b),
                                           way_row_get_number (row, sd));

  way_detail_add_pair (box, name, text);
}

static void
add_drift (GtkBox *box, WayRow *row)
{
  if (way_row_get_int (row, "drift") != 0)
    way_detail_add_state (box, "dialog-warning-symbolic",
                          _ ("For review: it has moved further than chance explains, and by more "
                             "than half a unit."));
  else
    way_detail_add_label (box, _ ("It has not moved further than chance explains."), NULL);
}

static void
add_difficulties (GtkBox *box, WayRow *row, WayRow *measured)
{
  int missing = WAY_QUALITY_ANSWERS - (int) way_row_get_int (row, "n");

  way_detail_add_section (box, _ ("Difficulty"));
  add_difficulty (box, _ ("Its author judged"), row, "author_b", "author_sd");
  if (way_row_get_int (row, "measured") != 0)
    {
      add_difficulty (box, _ ("Calibrated, in force"), row, "b", "sd");
      if (isfinite (way_row_get_number (row, "now_b")))
        {
          add_difficulty (box, _ ("By all answers so far"), row, "now_b", "now_sd");
          add_drift (box, row);
        }
    }
  if (way_row_get_int (row, "new") != 0)
    way_detail_add_label (box,
                          _ ("A new question: it is asked and does not count, until a "
                             "calibration places it by the others and is published."),
                          NULL);
  if (way_row_get_int (row, "partial") != 0)
    way_detail_add_label (box, _ ("Part of an answer counts: its author’s judgement stays."), NULL);
  if (measured != NULL && way_row_get_int (measured, "kept") == 0)
    {
      add_difficulty (box, _ ("Measured anew, not published"), measured, "b", "sd");
      add_drift (box, measured);
    }
  else if (missing > 0 && way_row_get_int (row, "partial") == 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("It takes %d more answer before it can be calibrated.",
                    "It takes %d more answers before it can be calibrated.", (gulong) missing),
          missing);

      way_detail_add_label (box, text, NULL);
    }
  else if (way_row_get_int (row, "measured") == 0 && way_row_get_int (row, "partial") == 0)
    way_detail_add_label (box, _ ("It has answers enough, and was not calibrated yet."), NULL);
}

static void
add_explanations (GtkBox *box, const WayItem *item)
{
  gboolean is_headed = FALSE;

  for (guint i = 0; item->explanations != NULL && i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = item->interactions->pdata[i];

      for (guint k = 0; k < interaction->choices->len; k++)
        {
          const WayChoice *choice = interaction->choices->pdata[k];
          g_autofree char *key = g_strconcat (interaction->response, "-", choice->id, NULL);
          const char *meaning = g_hash_table_lookup (item->explanations, key);
          g_autofree char *text = choice->content != NULL ? way_node_dup_text (choice->content)
                                                          : NULL;

          if (meaning == NULL)
            meaning = g_hash_table_lookup (item->explanations, choice->id);
          if (meaning == NULL)
            continue;
          if (!is_headed)
            way_detail_add_section (box, _ ("What each choice means"));
          is_headed = TRUE;
          way_detail_add_pair (box, text != NULL && *text != '\0' ? text : choice->id, meaning);
        }
    }
}

/**
 * way_quality_detail_show:
 * @row: of way_session_load_quality_async()
 * @measured: (nullable): the same question in a calibration that is not published yet
 *
 * Fills @box with what is known of a question.
 */
void
way_quality_detail_show (GtkBox *box, WayPack *pack, WayRow *row, WayRow *measured)
{
  const char *id = way_row_get_text (row, "item");
  g_autoptr (GError) error = NULL;
  g_autoptr (WayItem) item = way_pack_load_item (pack, id, &error);
  GPtrArray *capabilities = way_pack_get_capabilities (pack);
  guint capability = (guint) way_row_get_int (row, "capability");
  guint n = (guint) way_row_get_int (row, "n");
  double exposure = way_row_get_number (row, "exposure");
  g_autofree char *line =
      g_strdup_printf ("%s · %s · %s", id,
                       capability < capabilities->len
                           ? ((const WayCapability *) capabilities->pdata[capability])->short_name
                           : "",
                       way_level_name (pack, (int) way_row_get_int (row, "level")));
  g_autofree char *answers = g_strdup_printf ("%u", n);
  g_autofree char *words = NULL;

  way_detail_clear (box);
  way_detail_add_heading (box, item != NULL && item->title != NULL ? item->title : id);
  gtk_widget_add_css_class (way_detail_add_label (box, line, "caption"), "dim-label");

  way_detail_add_section (box, _ ("Why it is asked"));
  if (item == NULL)
    way_detail_add_label (box, error->message, NULL);
  else
    way_detail_add_label (box,
                          item->rationale != NULL ? item->rationale
                                                  : _ ("Its author has not said why."),
                          NULL);

  way_detail_add_section (box, _ ("Answers"));
  way_detail_add_pair (box, _ ("Counted, without those faster than anybody reads"), answers);
  add_number (box, _ ("Right, of 100"), 0, way_row_get_number (row, "share") * 100);
  add_number (box, _ ("Mean seconds"), 0, way_row_get_number (row, "seconds"));
  add_number (box, _ ("People who were asked it, of 100"), 0, exposure * 100);

  add_difficulties (box, row, measured);
  way_detail_add_section (box, _ ("Fit"));
  add_number (box, _ ("Infit"), 2, way_row_get_number (row, "infit"));
  add_number (box, _ ("Outfit"), 2, way_row_get_number (row, "outfit"));
  way_detail_add_label (box, way_quality_get_fit_words (n, way_row_get_number (row, "infit")),
                        NULL);

  way_detail_add_section (box, _ ("Fairness between groups (DIF)"));
  words = way_quality_dup_fairness_words (
      pack, way_row_has (row, "dif") ? way_row_get_text (row, "dif") : NULL,
      way_row_has (row, "dif_group") ? way_row_get_text (row, "dif_group") : NULL,
      (guint) way_row_get_int (row, "dif_n"));
  way_detail_add_label (box, words, NULL);
  if (item != NULL)
    add_explanations (box, item);
}
