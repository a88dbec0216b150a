/* way-screen.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-screen.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <cairo.h>
#include <string.h>

/* The X display of a journey, as a person has it: windows, keys, a pointer and
 * what is to be seen. Owned by the driver. */
struct _WayScreen
{
  Display *display; /* (owned) */
  Window root;
};

/* A window may go at any moment; asking about it is then no fault of the journey. */
static int
error_cb (Display *display, XErrorEvent *event)
{
  return 0;
}

static gboolean
read_cardinals (
    WayScreen *self, Window window, const char *name, Atom type, gulong *values, guint n)
{
  Atom actual;
  int format;
  unsigned long n_items, left;
  unsigned char *data = NULL;
  gboolean is_read = FALSE;
  Atom property = XInternAtom (self->display, name, False);

  if (XGetWindowProperty (self->display, window, property, 0, n, False, type, &actual, &format,
                          &n_items, &left, &data)
          == Success
      && data != NULL && format == 32 && n_items >= n)
    {
      memcpy (values, data, n * sizeof *values);
      is_read = TRUE;
    }
  if (data != NULL)
    XFree (data);
  return is_read;
}

/**
 * way_screen_new:
 *
 * Opens the display named by DISPLAY.
 *
 * Returns: (nullable): the screen, or %NULL where there is no display
 */
WayScreen *
way_screen_new (void)
{
  Display *display = XOpenDisplay (NULL);
  WayScreen *self;

  if (display == NULL)
    return NULL;
  XSetErrorHandler (error_cb);
  self = g_new0 (WayScreen, 1);
  self->display = display;
  self->root = DefaultRootWindow (display);
  return self;
}

/**
 * way_screen_free:
 *
 * Closes the display.
 */
void
way_screen_free (WayScreen *self)
{
  XCloseDisplay (self->display);
  g_free (self);
}

/**
 * way_screen_has_window_manager:
 *
 * Whether a window manager has taken this screen.
 */
gboolean
way_screen_has_window_manager (WayScreen *self)
{
  gulong window;

  return read_cardinals (self, self->root, "_NET_SUPPORTING_WM_CHECK", XA_WINDOW, &window, 1);
}

/**
 * way_screen_set_text_scale:
 * @scale: 1 for text as it is, 2 for twice as large
 *
 * Sets the size of text for programs that start from now on, as xrdb does.
 */
void
way_screen_set_text_scale (WayScreen *self, double scale)
{
  g_autofree char *text = g_strdup_printf ("Xft.dpi:\t%d\n", (int) (96 * scale + 0.5));

  XChangeProperty (self->display, self->root, XA_RESOURCE_MANAGER, XA_STRING, 8, PropModeReplace,
                   (const unsigned char *) text, strlen (text));
  XSync (self->display, False);
}

static void
find_largest (WayScreen *self, Window window, GPid pid, guint depth, Window *found, gint64 *size)
{
  Window root, parent, *children = NULL;
  unsigned int n_children = 0;
  XWindowAttributes attributes;
  gulong owner;

  if (window != self->root && read_cardinals (self, window, "_NET_WM_PID", XA_CARDINAL, &owner, 1)
      && owner == (gulong) pid && XGetWindowAttributes (self->display, window, &attributes)
      && attributes.map_state == IsViewable && attributes.class == InputOutput
      && !attributes.override_redirect && (gint64) attributes.width * attributes.height > *size)
    {
      *found = window;
      *size = (gint64) attributes.width * attributes.height;
    }
  if (depth == 0 || !XQueryTree (self->display, window, &root, &parent, &children, &n_children))
    return;
  for (guint i = 0; i < n_children; i++)
    find_largest (self, children[i], pid, depth - 1, found, size);
  if (children != NULL)
    XFree (children);
}

/**
 * way_screen_find_window:
 *
 * Finds the largest window on the screen that belongs to a process.
 *
 * Returns: its X id, or 0
 */
gulong
way_screen_find_window (WayScreen *self, GPid pid)
{
  Window found = None;
  gint64 size = 0;

  /* Two levels down: a window manager puts windows into frames of its own. */
  find_largest (self, self->root, pid, 2, &found, &size);
  return found;
}

/**
 * way_screen_get_area:
 * @area: (out): where it is on the screen, without its shadow
 *
 * Says where a window is to be seen.
 *
 * Returns: %FALSE when there is no such window
 */
gboolean
way_screen_get_area (WayScreen *self, gulong window, WayArea *area)
{
  XWindowAttributes attributes;
  gulong extents[4] = { 0, 0, 0, 0 };
  Window child;

  if (!XGetWindowAttributes (self->display, window, &attributes)
      || !XTranslateCoordinates (self->display, window, self->root, 0, 0, &area->x, &area->y,
                                 &child))
    return FALSE;
  read_cardinals (self, window, "_GTK_FRAME_EXTENTS", XA_CARDINAL, extents, 4);
  area->x += extents[0];
  area->y += extents[2];
  area->width = attributes.width - (int) (extents[0] + extents[1]);
  area->height = attributes.height - (int) (extents[2] + extents[3]);
  return area->width > 0 && area->height > 0;
}

/**
 * way_screen_get_origin:
 *
 * Says where on the screen the point is that AT-SPI's window coordinates start from.
 */
void
way_screen_get_origin (WayScreen *self, gulong window, int *x, int *y)
{
  WayArea area = { 0 };

  way_screen_get_area (self, window, &area);
  *x = area.x;
  *y = area.y;
}

/**
 * way_screen_get_popup:
 * @area: (out): where it is on the screen, with its shadow
 *
 * Says where the menu that is open is: the largest window that no window manager has a say in,
 * since what explains a button is one as well.
 *
 * Returns: %FALSE when there is none
 */
gboolean
way_screen_get_popup (WayScreen *self, WayArea *area)
{
  Window root, parent, *children = NULL;
  unsigned int n_children = 0;
  int size = 0;

  if (!XQueryTree (self->display, self->root, &root, &parent, &children, &n_children))
    return FALSE;
  for (guint i = 0; i < n_children; i++)
    {
      XWindowAttributes attributes;

      if (!XGetWindowAttributes (self->display, children[i], &attributes)
          || attributes.map_state != IsViewable || attributes.class != InputOutput
          || !attributes.override_redirect || attributes.x < 0 || attributes.y < 0
          || attributes.width * attributes.height <= size)
        continue;
      *area = (WayArea){ attributes.x, attributes.y, attributes.width, attributes.height };
      size = attributes.width * attributes.height;
    }
  if (children != NULL)
    XFree (children);
  return size > 0;
}

/**
 * way_screen_resize:
 *
 * Asks for a size of what is seen of the window, and puts it whole on the screen.
 */
void
way_screen_resize (WayScreen *self, gulong window, int width, int height)
{
  gulong extents[4] = { 0, 0, 0, 0 };

  read_cardinals (self, window, "_GTK_FRAME_EXTENTS", XA_CARDINAL, extents, 4);
  XMoveResizeWindow (self->display, window, 20, 20, width + (int) (extents[0] + extents[1]),
                     height + (int) (extents[2] + extents[3]));
  XSync (self->display, False);
}

/* Whether keys now go to this window, to one in it, or to another of its program. */
static gboolean
has_keys (WayScreen *self, gulong window)
{
  Window focus = None;
  gulong active, owner = 0, wanted = 1;
  int revert;

  if (!way_screen_has_window_manager (self))
    {
      XGetInputFocus (self->display, &focus, &revert);
      return focus == window;
    }
  return read_cardinals (self, self->root, "_NET_ACTIVE_WINDOW", XA_WINDOW, &active, 1)
         && read_cardinals (self, active, "_NET_WM_PID", XA_CARDINAL, &owner, 1)
         && read_cardinals (self, window, "_NET_WM_PID", XA_CARDINAL, &wanted, 1)
         && owner == wanted;
}

/**
 * way_screen_activate:
 *
 * Sees that keys go to the program of a window, as a click on its frame would.
 *
 * Returns: whether they do
 */
gboolean
way_screen_activate (WayScreen *self, gulong window)
{
  XEvent event = { 0 };

  if (has_keys (self, window))
    return TRUE;
  if (way_screen_has_window_manager (self))
    {
      event.xclient.type = ClientMessage;
      event.xclient.window = window;
      event.xclient.message_type = XInternAtom (self->display, "_NET_ACTIVE_WINDOW", False);
      event.xclient.format = 32;
      event.xclient.data.l[0] = 2; /* from a pager: always obeyed */
      XSendEvent (self->display, self->root, False,
                  SubstructureNotifyMask | SubstructureRedirectMask, &event);
    }
  else
    XSetInputFocus (self->display, window, RevertToParent, CurrentTime);
  XSync (self->display, False);
  return has_keys (self, window);
}

/**
 * way_screen_press_keys:
 * @keys: a key by its X name with its modifiers, such as "Return", "Ctrl+j", "Alt+Left"
 *
 * Presses and lets go of keys together.
 *
 * Returns: %FALSE when there is no such key
 */
gboolean
way_screen_press_keys (WayScreen *self, const char *keys)
{
  static const struct
  {
    const char *name;
    KeySym keysym;
  } MODIFIERS[] = {
    { "Ctrl", 0xffe3 },
    { "Alt", 0xffe9 },
    { "Shift", 0xffe1 },
    { "Super", 0xffeb },
  };
  g_auto (GStrv) parts = g_strsplit (keys, "+", -1);
  guint n_parts = g_strv_length (parts);
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (KeyCode));

  for (guint i = 0; i < n_parts; i++)
    {
      KeySym keysym = NoSymbol;
      KeyCode code;

      for (guint j = 0; i + 1 < n_parts && j < G_N_ELEMENTS (MODIFIERS); j++)
        {
          if (g_str_equal (parts[i], MODIFIERS[j].name))
            keysym = MODIFIERS[j].keysym;
        }
      if (i + 1 == n_parts)
        keysym = XStringToKeysym (parts[i]);
      code = keysym != NoSymbol ? XKeysymToKeycode (self->display, keysym) : 0;
      if (code == 0)
        return FALSE;
      if (i + 1 == n_parts && XkbKeycodeToKeysym (self->display, code, 0, 0) != keysym
          && XkbKeycodeToKeysym (self->display, code, 0, 1) == keysym)
        {
          KeyCode shift = XKeysymToKeycode (self->display, 0xffe1);

          g_array_append_val (codes, shift);
        }
      g_array_append_val (codes, code);
    }
  for (guint i = 0; i < codes->len; i++)
    XTestFakeKeyEvent (self->display, g_array_index (codes, KeyCode, i), True, CurrentTime);
  for (guint i = codes->len; i > 0; i--)
    XTestFakeKeyEvent (self->display, g_array_index (codes, KeyCode, i - 1), False, CurrentTime);
  XSync (self->display, False);
  return codes->len > 0;
}

/**
 * way_screen_park_pointer:
 *
 * Takes the pointer to a corner, so that nothing is hovered over.
 */
void
way_screen_park_pointer (WayScreen *self)
{
  int number = DefaultScreen (self->display);

  XTestFakeMotionEvent (self->display, number, DisplayWidth (self->display, number) - 1,
                        DisplayHeight (self->display, number) - 1, CurrentTime);
  XSync (self->display, False);
}

/**
 * way_screen_click:
 * @button: 1 for the main one; 4 and 5 turn the wheel up and down
 *
 * Moves the pointer to a point of the screen and clicks there.
 */
void
way_screen_click (WayScreen *self, int x, int y, guint button)
{
  XTestFakeMotionEvent (self->display, DefaultScreen (self->display), x, y, CurrentTime);
  XTestFakeButtonEvent (self->display, button, True, CurrentTime);
  XTestFakeButtonEvent (self->display, button, False, CurrentTime);
  XSync (self->display, False);
}

static void
move_pointer (WayScreen *self, int x, int y)
{
  XTestFakeMotionEvent (self->display, DefaultScreen (self->display), x, y, CurrentTime);
  XSync (self->display, False);
  /* A hand is not faster, and what is dragged has to be told of each place. */
  g_usleep (20 * 1000);
}

/**
 * way_screen_drag:
 *
 * Takes hold of what is at a point of the screen with the main button of the pointer, and lets
 * it go at another.
 */
void
way_screen_drag (WayScreen *self, int x, int y, int to_x, int to_y)
{
  const int n = 24;

  move_pointer (self, x, y);
  XTestFakeButtonEvent (self->display, 1, True, CurrentTime);
  for (int i = 1; i <= n; i++)
    move_pointer (self, x + (to_x - x) * i / n, y + (to_y - y) * i / n);
  /* What it is over says meanwhile whether it takes it. */
  for (int i = 0; i < 20; i++)
    move_pointer (self, to_x + i % 2, to_y);
  XTestFakeButtonEvent (self->display, 1, False, CurrentTime);
  XSync (self->display, False);
}

/**
 * way_screen_read:
 * @width: (out): the width of what was on the screen
 * @height: (out): the height of what was on the screen
 *
 * Reads what an area of the screen shows.
 *
 * Returns: (transfer full) (nullable): 32 bits a pixel, rows without gaps
 */
GBytes *
way_screen_read (WayScreen *self, const WayArea *area, int *width, int *height)
{
  int number = DefaultScreen (self->display);
  int left = MAX (area->x, 0), top = MAX (area->y, 0);
  int right = MIN (area->x + area->width, DisplayWidth (self->display, number));
  int bottom = MIN (area->y + area->height, DisplayHeight (self->display, number));
  guint32 *pixels;
  XImage *image;

  if (right <= left || bottom <= top)
    return NULL;
  *width = right - left;
  *height = bottom - top;
  image = XGetImage (self->display, self->root, left, top, *width, *height, AllPlanes, ZPixmap);
  if (image == NULL)
    return NULL;
  pixels = g_new (guint32, (gsize) *width * *height);
  for (int y = 0; y < *height; y++)
    {
      for (int x = 0; x < *width; x++)
        pixels[(gsize) y * *width + x] = 0xff000000u | (guint32) XGetPixel (image, x, y);
    }
  XDestroyImage (image);
  return g_bytes_new_take (pixels, (gsize) *width * *height * sizeof *pixels);
}

/**
 * way_screen_write_png:
 *
 * Writes pixels from way_screen_read() as a picture.
 *
 * Returns: %FALSE when the file could not be written
 */
gboolean
way_screen_write_png (GBytes *pixels, int width, int height, const char *path)
{
  gsize size;
  const guchar *data = g_bytes_get_data (pixels, &size);
  g_autofree guchar *copy = g_memdup2 (data, size);
  cairo_surface_t *surface = cairo_image_surface_create_for_data (copy, CAIRO_FORMAT_RGB24, width,
                                                                  height, width * 4);
  cairo_status_t status = cairo_surface_write_to_png (surface, path);

  cairo_surface_destroy (surface);
  return status == CAIRO_STATUS_SUCCESS;
}
