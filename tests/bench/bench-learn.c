/* bench-learn.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the learning part of the window costs; bench-learn.py makes the content and the trust.
 *
 *   bench-learn frame PACK TRUST-URI USERNAME FOLDER
 *     From a click on a module to its first frame, and the same for an empty page, by turns;
 *     and to the frame with what the first step says.
 *   bench-learn scroll PACK TRUST-URI USERNAME FOLDER
 *     Processor time of a frame while the library scrolls, and while a list of plain labels
 *     with the same words does, by turns.
 *   bench-learn walk PACK TRUST-URI USERNAME FOLDER
 *     Goes through all steps of all modules, says so, and stays a minute to be measured.
 *
 * frame and scroll print the program's number and the baseline's on a line, frame the third. */

#include "config.h"

#include "app/way-application.h"
#include "app/way-window-private.h"
#include "pages/module/way-module-page-private.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define N_ROUNDS 15
#define N_SCROLLS 5
#define N_FRAMES 150
#define STEP 37 /* pixels a frame */
#define PATIENCE (30 * G_USEC_PER_SEC)

static WayWindow *window;

static void
wait_a_moment (guint ms)
{
  gint64 until = g_get_monotonic_time () + (gint64) ms * 1000;

  while (g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static void
open_window (char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings = g_settings_new (WAY_APPLICATION_ID);
  g_autoptr (WaySession) session = way_session_new (argv[2], NULL, argv[5], &error);

  if (session == NULL)
    g_error ("%s", error->message);
  window = way_window_new (NULL, settings);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 768);
  gtk_window_present (GTK_WINDOW (window));
  way_window_set_session (window, session);
  way_window_open (window, argv[3], argv[4], NULL);
  for (guint i = 0; i < 600 && !way_session_is_signed_in (session); i++)
    wait_a_moment (50);
  g_assert_true (way_session_is_signed_in (session));
  wait_a_moment (2000);
}

/* --- The first frame ---------------------------------------------------------------- */

typedef struct
{
  GtkWidget *page;
  gint64 painted; /* 0 until then */
  gint64 filled;
} Shown;

static gboolean
has_content (GtkWidget *page)
{
  WayModuleStep *step = WAY_IS_MODULE_PAGE (page)
                            ? way_module_page_get_step (WAY_MODULE_PAGE (page))
                            : NULL;

  if (!WAY_IS_MODULE_PAGE (page))
    return gtk_widget_get_mapped (page);
  return step != NULL && step->view != NULL && gtk_widget_get_mapped (step->view);
}

static void
painted_cb (GdkFrameClock *clock, Shown *shown)
{
  if (shown->painted == 0 && gtk_widget_get_mapped (shown->page))
    shown->painted = g_get_monotonic_time ();
  if (shown->filled == 0 && has_content (shown->page))
    shown->filled = g_get_monotonic_time ();
}

static GtkWidget *
new_empty_page (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_bin_new ();

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_bin_set_child (ADW_BIN (page), box);
  return page;
}

/* Milliseconds from the click to the first frame, and to what it shows. */
static double
time_page (gboolean is_module, double *filled)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  Shown shown = { NULL, 0, 0 };
  gint64 start = g_get_monotonic_time ();
  gulong handler;

  if (is_module)
    way_window_show_module (window, "F1");
  else
    way_window_show_focus (window, new_empty_page ());
  shown.page = way_window_get_page (window);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &shown);
  while (shown.filled == 0 && g_get_monotonic_time () - start < PATIENCE)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  g_assert_cmpint (shown.filled, >, 0);
  wait_a_moment (400);
  way_window_leave_focus (window);
  wait_a_moment (400);
  *filled = (double) (shown.filled - start) / 1000;
  return (double) (shown.painted - start) / 1000;
}

static void
bench_frame (void)
{
  /* The first of each is a warm-up. */
  for (guint i = 0; i < N_ROUNDS + 1; i++)
    {
      double content, nothing;
      double module = time_page (TRUE, &content);
      double empty = time_page (FALSE, &nothing);

      if (i > 0)
        printf ("%.3f %.3f %.3f\n", module, empty, content);
    }
}

/* --- Scrolling ---------------------------------------------------------------------- */

/* The one that is long enough: the menus of a page are lists as well. */
static GtkWidget *
find_list (GtkWidget *widget, guint n)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget)
      && g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (widget))))
             >= n)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child, n);
  return found;
}

static double
get_work (void)
{
  struct rusage usage;

  getrusage (RUSAGE_THREAD, &usage);
  return (double) usage.ru_utime.tv_sec * 1e3 + (double) usage.ru_utime.tv_usec / 1e3
         + (double) usage.ru_stime.tv_sec * 1e3 + (double) usage.ru_stime.tv_usec / 1e3;
}

/* Until it is there with what is in it. */
static GtkWidget *
wait_for_list (GtkWidget *page)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;
  guint n = way_pack_get_modules (way_session_get_pack (window->session))->len;

  while (g_get_monotonic_time () < until)
    {
      GtkWidget *list = find_list (page, n);

      if (list != NULL)
        return list;
      wait_a_moment (100);
    }
  g_error ("The list does not come");
}

typedef struct
{
  GtkAdjustment *adjustment;
  guint frames;
  int step;
} Scroll;

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Scroll *scroll = user_data;
  double value = gtk_adjustment_get_value (scroll->adjustment);
  double most = gtk_adjustment_get_upper (scroll->adjustment)
                - gtk_adjustment_get_page_size (scroll->adjustment);

  if (value + scroll->step > most || value + scroll->step < 0)
    scroll->step = -scroll->step;
  gtk_adjustment_set_value (scroll->adjustment, value + scroll->step);
  scroll->frames++;
  return G_SOURCE_CONTINUE;
}

/* Milliseconds of processor time a frame. */
static double
time_scroll (GtkWidget *list)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  Scroll scroll = { NULL, 0, STEP };
  double start;
  guint tick;

  g_assert_nonnull (scrolled);
  scroll.adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  wait_a_moment (500);
  /* Near its beginning a list has all rows that it needs; further on each is made of one that
   * is gone. */
  gtk_adjustment_set_value (scroll.adjustment, gtk_adjustment_get_upper (scroll.adjustment) / 2);
  wait_a_moment (1000);
  g_assert_cmpfloat (gtk_adjustment_get_upper (scroll.adjustment), >,
                     10 * gtk_adjustment_get_page_size (scroll.adjustment));
  start = get_work ();
  tick = gtk_widget_add_tick_callback (scrolled, tick_cb, &scroll, NULL);
  while (scroll.frames < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (scrolled, tick);
  return (get_work () - start) / scroll.frames;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *text = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (text));
}

/* The words of the library's rows, and nothing else. */
static GtkWidget *
new_plain_page (void)
{
  GtkWidget *page = new_empty_page ();
  GtkWidget *list;
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkStringList *texts = gtk_string_list_new (NULL);
  GPtrArray *modules = way_pack_get_modules (way_session_get_pack (window->session));

  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);
      g_autofree char *text = g_strdup_printf ("%s\n%s\nnot begun · %s · %d minutes", module->title,
                                               module->summary, module->capability,
                                               (int) module->minutes);

      gtk_string_list_append (texts, text);
    }
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (texts))),
                            factory);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (adw_bin_get_child (ADW_BIN (page))), scrolled);
  return page;
}

static void
bench_scroll (void)
{
  for (guint i = 0; i < N_SCROLLS + 1; i++)
    {
      double own, bare;

      way_window_go (window, "learn");
      own = time_scroll (wait_for_list (gtk_stack_get_visible_child (window->pages)));
      way_window_show_focus (window, new_plain_page ());
      bare = time_scroll (wait_for_list (way_window_get_page (window)));
      way_window_leave_focus (window);
      wait_a_moment (500);
      if (i > 0)
        printf ("%.3f %.3f\n", own, bare);
    }
}

/* --- Every step --------------------------------------------------------------------- */

static void
go_on (WayModulePage *page)
{
  WayModuleStep *step = way_module_page_get_step (page);

  /* In a question: it need not be known. */
  if (step->type == WAY_MODULE_STEP_CHECK && gtk_widget_get_visible (GTK_WIDGET (page->secondary))
      && !gtk_widget_get_sensitive (GTK_WIDGET (page->primary)))
    g_signal_emit_by_name (page->secondary, "clicked");
  else
    {
      page->shown = 0;
      way_module_page_press_primary (page);
    }
}

static void
bench_walk (void)
{
  GPtrArray *modules = way_pack_get_modules (way_session_get_pack (window->session));
  guint n = 0;

  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);
      WayModulePage *page;

      way_window_show_module (window, module->id);
      page = WAY_MODULE_PAGE (way_window_get_page (window));
      while (page->lesson == NULL)
        wait_a_moment (10);
      for (guint presses = 0; way_module_page_get_step (page)->type != WAY_MODULE_STEP_END;
           presses++, n++)
        {
          g_assert_cmpuint (presses, <, 200);
          wait_a_moment (150);
          if (!page->is_busy)
            go_on (page);
        }
      wait_a_moment (200);
      way_window_leave_focus (window);
      wait_a_moment (300);
    }
  printf ("walked %u modules, %u presses\n", modules->len, n);
  fflush (stdout);
  wait_a_moment (60 * 1000);
}

int
main (int argc, char *argv[])
{
  if (argc != 6)
    {
      fprintf (stderr, "Usage: bench-learn frame|scroll|walk PACK TRUST-URI USERNAME FOLDER\n");
      return 2;
    }
  way_application_spare_memory ();
  gtk_init ();
  adw_init ();
  open_window (argv);
  if (g_str_equal (argv[1], "frame"))
    bench_frame ();
  else if (g_str_equal (argv[1], "scroll"))
    bench_scroll ();
  else
    bench_walk ();
  return 0;
}
