/* test-driver.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The driver of the journeys, on a small window of its own. */

#include "way-driver.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *sampler;

static WayDriver *
start (void)
{
  const char *argv[] = { sampler, NULL };
  WayDriver *driver = way_driver_new ();

  way_driver_start (driver, argv);
  return driver;
}

static void
test_press (void)
{
  g_autoptr (WayDriver) driver = start ();
  g_autoptr (AtspiAccessible) label = way_driver_wait (driver, "label", "Nothing yet");

  way_driver_press (driver, "button", "Press Me");
  g_object_unref (way_driver_wait (driver, "label", "Pressed"));
  g_assert_true (way_driver_is_running (driver));
}

static void
test_pointer (void)
{
  g_autoptr (WayDriver) driver = start ();

  way_driver_click (driver, "button", "Press *");
  g_object_unref (way_driver_wait (driver, "label", "Pressed"));
}

static void
test_text (void)
{
  g_autoptr (WayDriver) driver = start ();
  g_autoptr (AtspiAccessible) entry = NULL;
  g_autofree char *text = NULL;

  way_driver_set_text (driver, "text", "Your name", "Zoë");
  way_driver_focus (driver, "text", "Your name");
  way_driver_key (driver, "End");
  way_driver_type (driver, " Ann é£@");
  way_driver_key (driver, "Return");
  g_object_unref (way_driver_wait (driver, "label", "Hello, Zoë Ann é£@"));
  entry = way_driver_wait (driver, "text", "Your name");
  text = way_node_read_text (entry);
  g_assert_cmpstr (text, ==, "Zoë Ann é£@");
}

static void
test_check (void)
{
  g_autoptr (WayDriver) driver = start ();

  way_driver_focus (driver, "check box", "I agree");
  way_driver_key (driver, "space");
  way_driver_wait_state (driver, "check box", "I agree", ATSPI_STATE_CHECKED, TRUE);
  way_driver_key (driver, "space");
  way_driver_wait_state (driver, "check box", "I agree", ATSPI_STATE_CHECKED, FALSE);
}

static void
test_hidden_page (void)
{
  g_autoptr (WayDriver) driver = start ();

  g_assert_null (way_driver_find (driver, "label", "The second page"));
  way_driver_press (driver, "button", "Go On");
  g_object_unref (way_driver_wait (driver, "label", "The second page"));
  g_assert_null (way_driver_find (driver, "button", "Press Me"));
}

static void
test_dialog (void)
{
  const WayTarget targets[] = { { "label", "Dropped" }, { "label", "Kept" } };
  g_autoptr (WayDriver) driver = start ();

  way_driver_press (driver, "button", "Ask");
  g_object_unref (way_driver_wait (driver, "button", "Keep*"));
  /* Under a modal dialog nothing else can be pressed, so nothing else is there. */
  g_assert_null (way_driver_find (driver, "button", "Press Me"));
  way_driver_press (driver, "button", "Keep*");
  g_assert_cmpuint (way_driver_wait_one (driver, targets, G_N_ELEMENTS (targets)), ==, 1);
  way_driver_wait_gone (driver, "button", "Keep*");
}

static void
test_menu (void)
{
  g_autoptr (WayDriver) driver = start ();

  way_driver_press (driver, "*", "Main menu");
  way_driver_press (driver, "*", "Choose Me");
  g_object_unref (way_driver_wait (driver, "label", "Chosen from the menu"));
}

static void
test_size_and_picture (void)
{
  g_autoptr (WayDriver) driver = start ();
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  int width, height;
  gsize size;
  int fd = g_file_open_tmp ("waymark-XXXXXX.png", &path, NULL);

  g_close (fd, NULL);
  way_driver_resize (driver, 640, 480);
  way_driver_get_size (driver, &width, &height);
  g_assert_cmpint (width, ==, 640);
  g_assert_cmpint (height, ==, 480);
  way_driver_shoot (driver, path);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  /* The width and height in a PNG's header. */
  g_assert_cmpuint (size, >, 1000);
  g_assert_cmpmem (content + 16, 8, "\0\0\2\200\0\0\1\340", 8);
  g_unlink (path);
}

static void
test_audit (void)
{
  const char *argv[] = { sampler, NULL };

  if (g_test_subprocess ())
    {
      g_autoptr (WayDriver) driver = way_driver_new ();

      way_driver_set_env (driver, "SAMPLER_NAMELESS", "1");
      way_driver_start (driver, argv);
      g_object_unref (way_driver_wait (driver, "button", "Press Me"));
      way_driver_audit (driver);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*push button “GtkImage” has no name*");
  {
    g_autoptr (WayDriver) driver = start ();

    g_object_unref (way_driver_wait (driver, "button", "Press Me"));
    way_driver_audit (driver);
  }
}

static void
test_missing (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (WayDriver) driver = start ();

      way_driver_set_patience (driver, 0.3);
      way_driver_press (driver, "button", "Not There");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*button “Press Me”*There is no button “Not There” on the screen*");
}

static void
test_insensitive (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (WayDriver) driver = start ();

      way_driver_set_patience (driver, 0.3);
      way_driver_press (driver, "button", "Asleep");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*button “Asleep” is never sensitive*");
}

static void
test_crash (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (WayDriver) driver = start ();

      way_driver_press (driver, "button", "Crash");
      g_object_unref (way_driver_wait (driver, "label", "Pressed"));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*The program ended (signal 6)*");
}

static void
test_kill_and_again (void)
{
  const char *argv[] = { sampler, NULL };
  g_autoptr (WayDriver) driver = start ();

  g_object_unref (way_driver_wait (driver, "button", "Press Me"));
  way_driver_kill (driver);
  g_assert_false (way_driver_is_running (driver));
  way_driver_start (driver, argv);
  way_driver_press (driver, "button", "Press Me");
  g_object_unref (way_driver_wait (driver, "label", "Pressed"));
  g_assert_cmpint (way_driver_quit (driver, "Ctrl+q"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sampler = g_getenv ("WAY_SAMPLER");
  g_assert_nonnull (sampler);

  g_test_add_func ("/driver/press", test_press);
  g_test_add_func ("/driver/pointer", test_pointer);
  g_test_add_func ("/driver/text", test_text);
  g_test_add_func ("/driver/check", test_check);
  g_test_add_func ("/driver/hidden-page", test_hidden_page);
  g_test_add_func ("/driver/dialog", test_dialog);
  g_test_add_func ("/driver/menu", test_menu);
  g_test_add_func ("/driver/size-and-picture", test_size_and_picture);
  g_test_add_func ("/driver/audit", test_audit);
  g_test_add_func ("/driver/missing", test_missing);
  g_test_add_func ("/driver/insensitive", test_insensitive);
  g_test_add_func ("/driver/crash", test_crash);
  g_test_add_func ("/driver/kill-and-again", test_kill_and_again);
  return g_test_run ();
}
