/* way-module-steps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/module/way-module-page-private.h"

#include "pages/module/way-check-view.h"
#include "pages/module/way-confidence-scale.h"
#include "pages/module/way-step-view.h"
#include "pages/way-desk-run.h"
#include "pages/module/way-trust-says.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* What the steps of a module hold. */

/**
 * way_module_step_free:
 * @step: (transfer full)
 */
void
way_module_step_free (WayModuleStep *step)
{
  g_free (step->name);
  g_free (step);
}

static void
add_step (
    WayModulePage *self, WayModuleStepType type, const char *saved, const char *name, guint place)
{
  WayModuleStep *step = g_new0 (WayModuleStep, 1);

  step->type = type;
  step->saved = saved;
  step->name = g_strdup (name);
  step->place = place;
  step->bin = ADW_BIN (adw_bin_new ());
  g_ptr_array_add (self->steps, step);
  gtk_stack_add_child (self->stack, GTK_WIDGET (step->bin));
}

static char *
dup_outcomes (const WayModule *module)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < module->outcomes->len; i++)
    {
      const WayOutcome *outcome = g_ptr_array_index (module->outcomes, i);

      g_string_append_printf (text, "%s•  %s", i > 0 ? "\n" : "", outcome->text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_capability_name (WayModulePage *self, const WayModule *module)
{
  WayPack *pack = way_lesson_get_pack (self->lesson);
  int index = way_pack_find_capability (pack, module->capability);

  if (index < 0)
    return "";
  return ((const WayCapability *) g_ptr_array_index (way_pack_get_capabilities (pack), index))
      ->short_name;
}

/* For somebody who knows it already. */
static void
add_test_out (WayModulePage *self, WayStepView *view, const WayModule *module)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Take the Check First"));
  g_autofree char *text = NULL;
  GtkBox *box;

  /* Translators: how many questions the check has. */
  text = g_strdup_printf (
      ngettext ("Take the check before the lesson: %d question. If you pass, the module is done. "
                "If not, you see where to begin, and it does not count as a try.",
                "Take the check before the lesson: %d questions. If you pass, the module is done. "
                "If not, you see where to begin, and it does not count as a try.",
                module->draw),
      module->draw);
  box = way_step_view_add_quiet (view, _ ("Do you know this already?"), text);
  /* In large text it has no room on one line of a narrow window. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (way_module_page_test_out), self);
  gtk_box_append (box, button);
}

static void
add_print (WayStepView *view, const WayModule *module)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Print on Pa_per…"));
  g_autofree char *action = g_strdup_printf ("win.print-module::%s", module->id);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  way_compat_set_action (button, action);
  way_compat_describe (button, _ ("4 pages with a check, for somebody without a computer"));
  way_step_view_add (view, button);
}

static GtkWidget *
build_before (WayModulePage *self, const WayModule *module)
{
  g_autofree char *minutes = way_format_minutes (module->minutes);
  g_autofree char *eyebrow = g_strdup_printf (_ ("%s · about %s"),
                                              get_capability_name (self, module), minutes);
  g_autofree char *outcomes = dup_outcomes (module);
  GtkWidget *view = way_step_view_new (eyebrow, module->title);

  way_step_view_add_text (WAY_STEP_VIEW (view), module->summary);
  way_step_view_add_quiet (WAY_STEP_VIEW (view), _ ("Afterwards you can"), outcomes);
  way_step_view_add_text (WAY_STEP_VIEW (view),
                          _ ("How true is this for you now? There is no right answer."));
  self->before = way_confidence_scale_new (module->confidence);
  way_confidence_scale_set_value (WAY_CONFIDENCE_SCALE (self->before),
                                  way_lesson_get_confidence_before (self->lesson));
  g_signal_connect_swapped (self->before, "go-on", G_CALLBACK (way_module_page_press_primary),
                            self);
  way_step_view_add (WAY_STEP_VIEW (view), self->before);
  if (way_lesson_has_tested_out (self->lesson))
    way_step_view_add_quiet (WAY_STEP_VIEW (view), _ ("This module is done"),
                             _ ("You passed its check without the lesson. The cards and the "
                                "practice are still here for you."));
  else if (way_lesson_can_test_out (self->lesson))
    add_test_out (self, WAY_STEP_VIEW (view), module);
  add_print (WAY_STEP_VIEW (view), module);
  return view;
}

static GtkWidget *
build_why (WayModulePage *self, const WayModule *module)
{
  GtkWidget *view = way_step_view_new (module->title, _ ("Why this matters"));

  way_step_view_add_content (WAY_STEP_VIEW (view), way_lesson_get_pack (self->lesson), module->why);
  return view;
}

static GtkWidget *
build_card (WayModulePage *self, const WayModule *module, guint place)
{
  WayPack *pack = way_lesson_get_pack (self->lesson);
  const WayCard *card = g_ptr_array_index (module->cards, place);
  /* Translators: a card of a module: “Card 2 of 4”. */
  g_autofree char *eyebrow = g_strdup_printf (_ ("Card %u of %u"), place + 1, module->cards->len);
  GtkWidget *view = way_step_view_new (eyebrow, card->title);

  if (card->picture != NULL)
    way_step_view_set_picture (WAY_STEP_VIEW (view), pack, card->picture, card->alternative);
  way_step_view_add_content (WAY_STEP_VIEW (view), pack, card->content);
  return view;
}

static GtkWidget *
build_practice (WayModulePage *self, const WayModule *module, guint place)
{
  GtkWidget *run = way_desk_run_new (self->lesson, g_ptr_array_index (module->desks, place));

  g_signal_connect_swapped (run, "finished", G_CALLBACK (way_module_page_desk_finished), self);
  return run;
}

static GtkWidget *
build_check (WayModulePage *self)
{
  GtkWidget *check = way_check_view_new (self->session, self->lesson);

  g_signal_connect_swapped (check, "changed", G_CALLBACK (way_module_page_check_changed), self);
  g_signal_connect_swapped (check, "activate", G_CALLBACK (way_module_page_press_primary), self);
  return check;
}

/* The first card that has something that was missed. */
gboolean
way_module_page_find_missed (WayModulePage *self, guint *index)
{
  const WayModule *module = way_lesson_get_module (self->lesson);

  for (guint i = 0; i < module->cards->len; i++)
    {
      const WayCard *card = module->cards->pdata[i];

      if (!way_lesson_is_missed (self->lesson, card))
        continue;
      for (guint k = 0; k < self->steps->len; k++)
        if (g_strcmp0 (((WayModuleStep *) self->steps->pdata[k])->saved, card->id) == 0)
          {
            *index = k;
            return TRUE;
          }
    }
  return FALSE;
}

/* Says above a card whether something was missed that it teaches. */
void
way_module_page_mark_card (WayModulePage *self, guint index)
{
  const WayModuleStep *step = g_ptr_array_index (self->steps, index);
  const WayModule *module = way_lesson_get_module (self->lesson);
  guint first;

  for (guint i = 0; i < module->cards->len; i++)
    {
      const WayCard *card = module->cards->pdata[i];
      g_autofree char *eyebrow = NULL;

      if (g_strcmp0 (card->id, step->saved) != 0)
        continue;
      if (!way_lesson_is_missed (self->lesson, card))
        /* Translators: a card of a module: “Card 2 of 4”. */
        eyebrow = g_strdup_printf (_ ("Card %u of %u"), i + 1, module->cards->len);
      else if (way_module_page_find_missed (self, &first) && first == index)
        /* Translators: the first card about something that was missed in the check. */
        eyebrow = g_strdup_printf (_ ("Card %u of %u · begin here"), i + 1, module->cards->len);
      else
        /* Translators: a card about something that was missed in the check. */
        eyebrow = g_strdup_printf (_ ("Card %u of %u · look at this again"), i + 1,
                                   module->cards->len);
      way_step_view_set_eyebrow (WAY_STEP_VIEW (step->view), eyebrow);
    }
}

static GtkWidget *
build_shift (WayModulePage *self, const WayModule *module)
{
  GtkWidget *view = way_step_view_new (module->title, _ ("One thing to do on your shift"));

  way_step_view_add_content (WAY_STEP_VIEW (view), way_lesson_get_pack (self->lesson),
                             module->shift);
  self->done = gtk_button_new_with_label (_ ("I Have Done This"));
  gtk_widget_set_halign (self->done, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->done, "pill");
  g_signal_connect_swapped (self->done, "clicked", G_CALLBACK (way_module_page_save_shift), self);
  way_step_view_add (WAY_STEP_VIEW (view), self->done);
  way_step_view_add (WAY_STEP_VIEW (view),
                     way_trust_says_new (self->session, module,
                                         way_lesson_get_local_note (self->lesson)));
  return view;
}

static GtkWidget *
build_after (WayModulePage *self, const WayModule *module)
{
  GtkWidget *view = way_step_view_new (module->title, _ ("And now?"));

  way_step_view_add_text (WAY_STEP_VIEW (view), _ ("How true is this for you now?"));
  self->after = way_confidence_scale_new (module->confidence);
  way_confidence_scale_set_value (WAY_CONFIDENCE_SCALE (self->after),
                                  way_lesson_get_confidence_after (self->lesson));
  g_signal_connect_swapped (self->after, "go-on", G_CALLBACK (way_module_page_press_primary), self);
  way_step_view_add (WAY_STEP_VIEW (view), self->after);
  return view;
}

static void
next_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayModulePage) self = user_data;
  WayToday *today = way_session_load_today_finish (WAY_SESSION (source), result, NULL);
  const WayModule *module = NULL;
  WayModuleStep *step = way_module_page_get_step (self);

  if (today == NULL)
    return;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    {
      way_today_free (today);
      return;
    }
  if (today->next->type == WAY_STEP_MODULE && g_strcmp0 (today->next->module, self->module) != 0)
    module = way_pack_find_module (way_session_get_pack (self->session), today->next->module);
  g_free (self->next_action);
  self->next_action = module != NULL ? g_strdup (module->id) : NULL;
  if (module != NULL && step != NULL && step->type == WAY_MODULE_STEP_END)
    {
      g_autofree char *minutes = way_format_minutes (today->next->minutes);
      /* Translators: a module's title, then how long it takes. */
      g_autofree char *text = g_strdup_printf (_ ("%s, about %s."), module->title, minutes);

      way_step_view_add_quiet (WAY_STEP_VIEW (step->view), _ ("Next"), text);
    }
  way_module_page_update_bar (self);
  way_today_free (today);
}

static void
add_sources (WayStepView *view, const WayModule *module)
{
  GtkWidget *expander = gtk_expander_new (_ ("Where this comes from"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  way_compat_name (expander, _ ("Where this comes from"));
  gtk_widget_set_margin_top (box, 6);
  for (guint i = 0; i < module->sources->len; i++)
    {
      const WaySource *source = g_ptr_array_index (module->sources, i);
      g_autofree char *title = g_markup_escape_text (source->title, -1);
      g_autofree char *link = NULL;
      g_autofree char *text = NULL;
      GtkWidget *label = gtk_label_new (NULL);

      link = source->href != NULL
                 ? g_markup_printf_escaped ("<a href=\"%s\">%s</a>", source->href, source->title)
                 : g_strdup (title);
      /* Translators: a source, then the date when it was last looked at. */
      text = g_strdup_printf (_ ("%s (looked at on %s)"), link, source->checked);
      gtk_label_set_markup (GTK_LABEL (label), text);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  way_step_view_add (view, expander);
}

static void
add_certificate (WayStepView *view, const WayModule *module)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Certificate…"));
  g_autofree char *action = g_strdup_printf ("win.show-certificate::module/%s", module->id);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  way_compat_set_action (button, action);
  way_compat_describe (button, _ ("To save or print, with a code that can be verified"));
  way_step_view_add (view, button);
}

/* What the module changes, in the person's own words and for themselves. */
static void
add_reflection (WayStepView *view, const WayModule *module)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Write a Reflective Account…"));
  g_autofree char *action = g_strdup_printf ("win.reflect::module %s", module->id);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  way_compat_set_action (button, action);
  way_compat_describe (button, _ ("Only you can read it"));
  way_step_view_add (view, button);
}

/* Made anew each time it is shown: it says how it went. */
void
way_module_page_build_end (WayModulePage *self)
{
  WayModuleStep *step = g_ptr_array_index (self->steps, self->steps->len - 1);
  const WayModule *module = way_lesson_get_module (self->lesson);
  int before = way_lesson_get_confidence_before (self->lesson);
  int after = way_lesson_get_confidence_after (self->lesson);
  gboolean is_passed = way_lesson_is_check_passed (self->lesson);
  gboolean is_shift_done = way_lesson_is_shift_done (self->lesson);
  gboolean is_ahead = way_lesson_has_tested_out (self->lesson);
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *view = way_step_view_new (module->title, is_passed && (is_shift_done || is_ahead)
                                                          ? _ ("This module is done")
                                                      : is_passed
                                                          ? _ ("One thing is left, on your shift")
                                                          : _ ("You have been through it"));

  if (is_ahead)
    g_string_append (text, _ ("•  Check: passed without the lesson"));
  else if (is_passed)
    g_string_append (text, _ ("•  Check: passed"));
  else if (way_lesson_get_n_tries (self->lesson) > 0)
    g_string_append (text, _ ("•  Check: not passed yet. It can be tried again at any time."));
  else
    g_string_append (text, _ ("•  Check: not taken yet"));
  if (is_shift_done || !is_ahead)
    g_string_append_printf (text, "\n%s",
                            is_shift_done ? _ ("•  On your shift: done")
                                          : _ ("•  On your shift: Today reminds you"));
  if (before >= 0 && after >= 0)
    {
      g_string_append_c (text, '\n');
      /* Translators: two numbers from 0 to 10. */
      g_string_append_printf (text, _ ("•  How sure you are: %d before, %d now"), before, after);
    }
  way_step_view_add_text (WAY_STEP_VIEW (view), text->str);
  if (is_passed)
    add_certificate (WAY_STEP_VIEW (view), module);
  if (is_passed)
    add_reflection (WAY_STEP_VIEW (view), module);
  add_print (WAY_STEP_VIEW (view), module);
  if (module->sources->len > 0)
    add_sources (WAY_STEP_VIEW (view), module);
  step->view = view;
  adw_bin_set_child (step->bin, view);
  way_session_load_today_async (self->session, 0, self->cancellable, next_loaded_cb,
                                g_object_ref (self));
}

/* What a step shows is made when it is first shown: nobody waits for the rest. */
void
way_module_page_need_view (WayModulePage *self, WayModuleStep *step)
{
  const WayModule *module = way_lesson_get_module (self->lesson);

  if (step->view != NULL)
    return;
  switch (step->type)
    {
    case WAY_MODULE_STEP_BEFORE:
      step->view = build_before (self, module);
      break;
    case WAY_MODULE_STEP_READ:
      step->view = step->place > 0 ? build_card (self, module, step->place - 1)
                                   : build_why (self, module);
      break;
    case WAY_MODULE_STEP_PRACTICE:
      step->view = build_practice (self, module, step->place);
      break;
    case WAY_MODULE_STEP_CHECK:
      step->view = build_check (self);
      break;
    case WAY_MODULE_STEP_SHIFT:
      step->view = build_shift (self, module);
      break;
    case WAY_MODULE_STEP_AFTER:
      step->view = build_after (self, module);
      break;
    case WAY_MODULE_STEP_END:
    default:
      return; /* by way_module_page_build_end() */
    }
  adw_bin_set_child (step->bin, step->view);
}

/**
 * way_module_page_build_steps:
 *
 * Makes the steps of the lesson in their order, without what they show.
 */
void
way_module_page_build_steps (WayModulePage *self)
{
  const WayModule *module = way_lesson_get_module (self->lesson);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  add_step (self, WAY_MODULE_STEP_BEFORE, NULL, _ ("How it is now"), 0);
  add_step (self, WAY_MODULE_STEP_READ, "why", _ ("Why this matters"), 0);
  for (guint i = 0; i < module->cards->len; i++)
    {
      const WayCard *card = g_ptr_array_index (module->cards, i);

      add_step (self, WAY_MODULE_STEP_READ, card->id, card->title, i + 1);
    }
  for (guint i = 0; i < module->desks->len; i++)
    add_step (self, WAY_MODULE_STEP_PRACTICE, "practice", _ ("Practice"), i);
  add_step (self, WAY_MODULE_STEP_CHECK, "check", _ ("Check"), 0);
  add_step (self, WAY_MODULE_STEP_SHIFT, "shift", _ ("On your shift"), 0);
  add_step (self, WAY_MODULE_STEP_AFTER, NULL, _ ("How it is now"), 0);
  add_step (self, WAY_MODULE_STEP_END, NULL, _ ("End"), 0);

  for (guint i = 0; i + 1 < self->steps->len; i++)
    g_ptr_array_add (names, ((WayModuleStep *) g_ptr_array_index (self->steps, i))->name);
  g_ptr_array_add (names, NULL);
  way_step_dots_set_names (self->dots, (const char *const *) names->pdata);
  gtk_label_set_label (self->title, module->title);
}
