/* way-interaction-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-interaction-view.h"

#include "widgets/way-flow-box.h"

#define LINE_SPACING 6 /* between a gap and what it turned out to be */

/* One interaction of a question, the base of each kind. Whoever holds it keeps the item
 * alive, of which the interaction and its declaration are parts. */
typedef struct
{
  const WayInteraction *interaction; /* (borrowed) */
  const WayDeclaration *declaration; /* (borrowed) (nullable) */
  gboolean is_marked;
} WayInteractionViewPrivate;

enum
{
  CHANGED,
  ANSWER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WayInteractionView, way_interaction_view, GTK_TYPE_WIDGET)

#define PRIVATE(o)                                                                                 \
  ((WayInteractionViewPrivate *) way_interaction_view_get_instance_private (                       \
      WAY_INTERACTION_VIEW (o)))
#define CLASS(o) (WAY_INTERACTION_VIEW_GET_CLASS (o))

static gboolean
press_no_digit (WayInteractionView *self, guint digit)
{
  return FALSE;
}

static void
way_interaction_view_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (way_interaction_view_parent_class)->dispose (object);
}

static void
way_interaction_view_class_init (WayInteractionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_interaction_view_dispose;
  klass->press_digit = press_no_digit;

  /* The answer changed by a person's doing. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /* Enter was pressed where it means that the answer stands. */
  signals[ANSWER] = g_signal_new ("answer", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
way_interaction_view_init (WayInteractionView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
}

/* A gap is as wide as what is written below it, so that the sentence goes on right beside
 * it, and its comma does not stand alone. */
static int
get_width (GtkWidget *child, int available)
{
  int minimum, natural;

  if (gtk_widget_get_prev_sibling (child) == NULL && gtk_widget_get_next_sibling (child) != NULL)
    return available;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return available < 0 ? -1 : CLAMP (available, minimum, natural);
}

/* One below the other, as ever, but what holds it in its line of text is the first of them:
 * a box of GTK has no base line when it is filled from top to bottom, and stands with its
 * middle on the line then. */
static void
measure_in_line (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  gboolean is_first = TRUE;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted, least_baseline, baseline;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation,
                          orientation == GTK_ORIENTATION_VERTICAL ? get_width (child, for_size)
                                                                  : for_size,
                          &least, &wanted, &least_baseline, &baseline);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        {
          *minimum = MAX (*minimum, least);
          *natural = MAX (*natural, wanted);
          continue;
        }
      if (is_first)
        {
          *minimum_baseline = least_baseline;
          *natural_baseline = baseline;
        }
      *minimum += (is_first ? 0 : LINE_SPACING) + least;
      *natural += (is_first ? 0 : LINE_SPACING) + wanted;
      is_first = FALSE;
    }
}

static void
allocate_in_line (GtkWidget *widget, int width, int height, int baseline)
{
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int across = get_width (child, width);
      int wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, across, NULL, &wanted, NULL, NULL);
      gtk_widget_size_allocate (child,
                                &(GtkAllocation){ is_mirrored ? width - across : 0, y, across,
                                                  wanted },
                                y == 0 ? baseline : -1);
      y += wanted + LINE_SPACING;
    }
}

static GtkSizeRequestMode
get_request_mode_in_line (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/**
 * way_interaction_view_new:
 * @type: the kind of view
 * @interaction: what to show; must outlive the view
 * @declaration: (nullable): of its response; must outlive the view
 * @pack: (nullable): the pack
 * @seed: for the order of choices
 * @sentence: (nullable): what it is called: the paragraph around it, in words
 *
 * Returns: (transfer floating): a view without an answer
 */
GtkWidget *
way_interaction_view_new (GType type,
                          const WayInteraction *interaction,
                          const WayDeclaration *declaration,
                          WayPack *pack,
                          guint64 seed,
                          const char *sentence)
{
  WayInteractionView *self;

  g_return_val_if_fail (interaction != NULL, NULL);

  self = g_object_new (type, NULL);
  PRIVATE (self)->interaction = interaction;
  PRIVATE (self)->declaration = declaration;
  if (way_interaction_is_inline (interaction))
    gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                   gtk_custom_layout_new (get_request_mode_in_line, measure_in_line,
                                                          allocate_in_line));
  CLASS (self)->build (self, pack, seed, sentence);

  return GTK_WIDGET (self);
}

/**
 * way_interaction_view_get_interaction:
 * @self: a view
 *
 * Returns: (transfer none): what it shows
 */
const WayInteraction *
way_interaction_view_get_interaction (WayInteractionView *self)
{
  g_return_val_if_fail (WAY_IS_INTERACTION_VIEW (self), NULL);

  return PRIVATE (self)->interaction;
}

/**
 * way_interaction_view_get_declaration:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the declaration of its response
 */
const WayDeclaration *
way_interaction_view_get_declaration (WayInteractionView *self)
{
  g_return_val_if_fail (WAY_IS_INTERACTION_VIEW (self), NULL);

  return PRIVATE (self)->declaration;
}

/**
 * way_interaction_view_dup_value:
 * @self: a view
 *
 * Returns: (transfer full) (nullable): the answer so far, NULL when there is none
 */
WayValue *
way_interaction_view_dup_value (WayInteractionView *self)
{
  g_return_val_if_fail (WAY_IS_INTERACTION_VIEW (self), NULL);

  return CLASS (self)->dup_value (self);
}

/**
 * way_interaction_view_set_value:
 * @self: a view
 * @value: (nullable): an answer
 *
 * Shows an answer that was given before.
 */
void
way_interaction_view_set_value (WayInteractionView *self, const WayValue *value)
{
  g_return_if_fail (WAY_IS_INTERACTION_VIEW (self));

  CLASS (self)->set_value (self, value);
}

/**
 * way_interaction_view_is_complete:
 * @self: a view
 *
 * Returns: whether there is enough to answer
 */
gboolean
way_interaction_view_is_complete (WayInteractionView *self)
{
  g_return_val_if_fail (WAY_IS_INTERACTION_VIEW (self), FALSE);

  return CLASS (self)->is_complete (self);
}

/**
 * way_interaction_view_mark:
 * @self: a view
 * @correct: (nullable): the right answer, where there is a single one
 * @is_right: whether this answer earns full marks
 *
 * Shows what was right, and holds the answer as it is.
 */
void
way_interaction_view_mark (WayInteractionView *self, const WayValue *correct, gboolean is_right)
{
  g_return_if_fail (WAY_IS_INTERACTION_VIEW (self));

  PRIVATE (self)->is_marked = TRUE;
  CLASS (self)->mark (self, correct, is_right);
}

/**
 * way_interaction_view_is_marked:
 * @self: a view
 *
 * Returns: whether the answer is held
 */
gboolean
way_interaction_view_is_marked (WayInteractionView *self)
{
  g_return_val_if_fail (WAY_IS_INTERACTION_VIEW (self), FALSE);

  return PRIVATE (self)->is_marked;
}

/**
 * way_interaction_view_press_digit:
 * @self: a view
 * @digit: 1 to 9
 *
 * Returns: whether the key chose something
 */
gboolean
way_interaction_view_press_digit (WayInteractionView *self, guint digit)
{
  g_return_val_if_fail (WAY_IS_INTERACTION_VIEW (self), FALSE);

  return !PRIVATE (self)->is_marked && CLASS (self)->press_digit (self, digit);
}

/**
 * way_interaction_view_changed:
 * @self: a view
 *
 * Says that a person changed the answer.
 */
void
way_interaction_view_changed (WayInteractionView *self)
{
  g_return_if_fail (WAY_IS_INTERACTION_VIEW (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * way_interaction_view_answer:
 * @self: a view
 *
 * Says that a person wants the answer to stand.
 */
void
way_interaction_view_answer (WayInteractionView *self)
{
  g_return_if_fail (WAY_IS_INTERACTION_VIEW (self));

  g_signal_emit (self, signals[ANSWER], 0);
}

/**
 * way_interaction_view_make_value:
 * @self: a view
 * @texts: (transfer none): the values as text; a NULL is added at the end
 *
 * Returns: (transfer full) (nullable): a value of the declared type, NULL when @texts is empty
 */
WayValue *
way_interaction_view_make_value (WayInteractionView *self, GPtrArray *texts)
{
  WayInteractionViewPrivate *private = PRIVATE (self);

  g_return_val_if_fail (WAY_IS_INTERACTION_VIEW (self), NULL);
  g_return_val_if_fail (texts != NULL, NULL);

  if (texts->len == 0)
    return NULL;

  g_ptr_array_add (texts, NULL);

  return way_value_new (private->declaration != NULL ? private->declaration->base_type
                                                     : WAY_BASE_IDENTIFIER,
                        private->declaration != NULL ? private->declaration->cardinality
                                                     : WAY_CARDINALITY_MULTIPLE,
                        (const char *const *) texts->pdata);
}

/**
 * way_interaction_view_add_prompt:
 * @self: a view
 * @pack: (nullable): the pack
 * @hint: (nullable): how to answer, where the prompt does not say it
 *
 * Adds the prompt and a hint, and names the group after them.
 *
 * Returns: (transfer none) (nullable): the last of them
 */
GtkWidget *
way_interaction_view_add_prompt (WayInteractionView *self, WayPack *pack, const char *hint)
{
  const WayInteraction *interaction = way_interaction_view_get_interaction (self);
  GtkWidget *last = NULL;
  g_autofree char *prompt = NULL;
  g_autofree char *name = NULL;

  prompt = way_flow_dup_speech (interaction->prompt);
  if (*prompt != '\0')
    {
      last = way_flow_box_new (interaction->prompt, pack, NULL, NULL);
      gtk_widget_add_css_class (last, "way-prompt");
      gtk_widget_set_parent (last, GTK_WIDGET (self));
    }
  if (hint != NULL)
    {
      last = gtk_label_new (hint);
      gtk_label_set_wrap (GTK_LABEL (last), TRUE);
      gtk_label_set_xalign (GTK_LABEL (last), 0);
      gtk_widget_add_css_class (last, "way-quiet");
      gtk_widget_add_css_class (last, "way-hint");
      gtk_widget_set_parent (last, GTK_WIDGET (self));
    }
  name = hint != NULL ? g_strdup_printf ("%s %s", prompt, hint) : g_strdup (prompt);
  g_strstrip (name);
  if (*name != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return last;
}

/**
 * way_value_holds:
 * @value: (nullable): a value
 * @text: a text
 *
 * Returns: whether @text is among the values
 */
gboolean
way_value_holds (const WayValue *value, const char *text)
{
  if (value == NULL)
    return FALSE;

  for (guint i = 0; i < value->texts->len; i++)
    if (g_strcmp0 (g_ptr_array_index (value->texts, i), text) == 0)
      return TRUE;

  return FALSE;
}
