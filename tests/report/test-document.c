/* test-document.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-document.h"

#include "pdf-read.h"

/* What is put on paper, read back by other programs. */

#define AT G_GINT64_CONSTANT (1777847400000000)

static WayDocument *
create (void)
{
  return way_document_new ("Certificate: “Spot the Phish”", "Fernhill Trust", "A subject", "cy",
                           AT);
}

static GBytes *
make (WayDocument *document)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = way_document_make_pdf (document, NULL, NULL, &error);

  g_assert_no_error (error);
  return pdf;
}

static void
test_metadata (void)
{
  g_autoptr (WayDocument) document = create ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *info = NULL;
  g_autofree char *fonts = NULL;
  g_auto (GStrv) lines = NULL;
  const char *bytes;
  gsize size;

  way_document_add (document, WAY_DOCUMENT_TITLE, "Heading");
  way_document_add (document, WAY_DOCUMENT_CODE, "K7QF-2M9D");
  pdf = make (document);
  info = pdf_read (pdf, "pdfinfo", NULL);
  assert_has (info, "Title:           Certificate: “Spot the Phish”");
  assert_has (info, "Author:          Fernhill Trust");
  assert_has (info, "Subject:         A subject");
  assert_has (info, "Tagged:          yes");
  assert_has (info, "Pages:           1");
  assert_has (info, "(A4)");
  /* The catalogue that counts is the last one. */
  bytes = g_bytes_get_data (pdf, &size);
  assert_has (bytes + size - 700, "/Lang (cy)");
  assert_has (bytes + size - 700, "/DisplayDocTitle true");
  assert_has (bytes + size - 700, "/Prev");
  /* All fonts are in the file: a line each, after two of heads. */
  fonts = pdf_read (pdf, "pdffonts", NULL);
  lines = g_strsplit (g_strchomp (fonts), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 4);
  for (guint i = 2; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_regex_split_simple (" +", lines[i], 0, 0);
      guint n = g_strv_length (words);

      /* … emb sub uni object ID */
      g_assert_cmpuint (n, >=, 7);
      g_assert_cmpstr (words[n - 5], ==, "yes");
      g_assert_cmpstr (words[n - 3], ==, "yes");
    }
}

static void
test_same (void)
{
  GBytes *pdfs[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (WayDocument) document = create ();

      way_document_set_framed (document, TRUE);
      way_document_add (document, WAY_DOCUMENT_NAME, "Ann Example");
      pdfs[i] = make (document);
    }
  g_assert_true (g_bytes_equal (pdfs[0], pdfs[1]));
  g_bytes_unref (pdfs[0]);
  g_bytes_unref (pdfs[1]);
}

static gboolean
watch (double fraction, gpointer data, GError **error)
{
  guint *n_pages = data;

  if (++*n_pages < 3)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "at %.2f", fraction);
  return FALSE;
}

/* Whoever waits for many pages can give up between them. */
static void
test_stopped (void)
{
  g_autoptr (WayDocument) document = create ();
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;

  for (guint i = 0; i < 4; i++)
    {
      way_document_add (document, WAY_DOCUMENT_TEXT, "A page");
      if (i < 3)
        way_document_add_break (document);
    }
  g_assert_cmpuint (way_document_get_n_pages (document), ==, 4);
  g_assert_null (way_document_make_pdf (document, watch, &n_pages, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, "at 0.50");
  g_assert_cmpuint (n_pages, ==, 3);
}

static gpointer
make_thread (gpointer data)
{
  return make (data);
}

/* Another thread makes the file of a copy while this one draws what it has laid out. */
static void
test_copy (void)
{
  static const double shares[] = { 1, 1 };
  static const char *const cells[] = { "left", "right", NULL };
  g_autoptr (WayDocument) document = create ();
  g_autoptr (WayDocument) second = create ();
  g_autoptr (WayDocument) copy = NULL;
  g_autoptr (GBytes) there = NULL;
  g_autoptr (GBytes) here = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 600, 850);
  cairo_t *cr = cairo_create (surface);
  GThread *thread;

  way_document_set_footer (document, "Passport of somebody");
  way_document_add (document, WAY_DOCUMENT_TITLE, "Passport");
  way_document_add_labelled (document, WAY_DOCUMENT_OPTION, "A", "one");
  way_document_set_columns (document, shares, G_N_ELEMENTS (shares));
  for (guint i = 0; i < 100; i++)
    way_document_add_row (document, cells, FALSE);
  way_document_set_framed (second, TRUE);
  way_document_set_fit (second, 1);
  way_document_add (second, WAY_DOCUMENT_NAME, "Ann Example");
  way_document_join (document, second);
  way_document_draw_page (document, cr, 0);

  copy = way_document_copy (document);
  thread = g_thread_new ("copy", make_thread, copy);
  for (guint i = 0; i < 10; i++)
    way_document_draw_page (document, cr, i % way_document_get_n_pages (document));
  there = g_thread_join (thread);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  here = make (document);
  g_assert_true (g_bytes_equal (there, here));
  /* What was laid out on that thread is drawn on this one. */
  g_assert_cmpuint (way_document_get_n_pages (copy), ==, way_document_get_n_pages (document));
}

/* What each text is, in the order in which it is read, over the pages. */
static void
test_structure (void)
{
  static const double shares[] = { 3, 1 };
  static const char *const head[] = { "Outcome", "Evidence", NULL };
  g_autoptr (WayDocument) document = create ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *structure = NULL;
  const char *place;
  static const char *const wanted[] = { "Document", "H1",  "\"Passport\"", "L (block)", "LI",
                                        "LBody",    "one", "LBody",        "two",       "H2",
                                        "Table",    "TR",  "TH",           "Outcome",   "TD",
                                        "row 0",    "TD",  "row 79" };

  way_document_set_footer (document, "Passport of somebody");
  way_document_add (document, WAY_DOCUMENT_TITLE, "Passport");
  way_document_add (document, WAY_DOCUMENT_ITEM, "one");
  way_document_add (document, WAY_DOCUMENT_ITEM, "two");
  way_document_add (document, WAY_DOCUMENT_HEADING, "Staying safe");
  way_document_set_columns (document, shares, G_N_ELEMENTS (shares));
  way_document_add_row (document, head, TRUE);
  for (guint i = 0; i < 80; i++)
    {
      g_autofree char *text = g_strdup_printf ("row %u", i);
      const char *const cells[] = { text, "Witnessed", NULL };

      way_document_add_row (document, cells, FALSE);
    }
  g_assert_cmpuint (way_document_get_n_pages (document), ==, 3);
  pdf = make (document);
  structure = pdf_read (pdf, "pdfinfo", "-struct-text");
  place = structure;
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      place = strstr (place, wanted[i]);
      if (place == NULL)
        g_error ("“%s” does not come in\n%s", wanted[i], structure);
      place += strlen (wanted[i]);
    }
  /* The foot of a page is on each page and in no sentence. */
  g_assert_null (strstr (structure, "Passport of somebody"));
  {
    g_autofree char *text = pdf_read (pdf, "pdftotext", "-layout");

    assert_has (text, "Passport of somebody · 3 / 3");
  }
}

/* A heading goes with what it is above. */
static void
test_headings (void)
{
  g_autoptr (WayDocument) document = create ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) pages = NULL;
  guint n = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *heading = g_strdup_printf ("Heading%u", i);
      g_autofree char *below = g_strdup_printf ("Below%u", i);

      way_document_add (document, WAY_DOCUMENT_HEADING, heading);
      way_document_add (document, WAY_DOCUMENT_SUBHEADING, "Sub");
      way_document_add (document, WAY_DOCUMENT_TEXT, below);
    }
  pdf = make (document);
  text = pdf_read (pdf, "pdftotext", "-layout");
  pages = g_strsplit (text, "\f", -1);
  g_assert_cmpuint (way_document_get_n_pages (document), >, 3);
  for (guint p = 0; pages[p] != NULL; p++)
    for (guint i = 0; i < 60; i++)
      {
        g_autofree char *heading = g_strdup_printf ("Heading%u\n", i);
        g_autofree char *below = g_strdup_printf ("Below%u\n", i);

        if (strstr (pages[p], heading) == NULL)
          continue;
        n++;
        assert_has (pages[p], below);
      }
  g_assert_cmpuint (n, ==, 60);
}

/* However long a name and a title are, all of both is on the one page. */
static void
test_long (void)
{
  static const guint words[] = { 1, 4, 12, 40 };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (WayDocument) document = create ();
      g_autoptr (GString) name = g_string_new ("Dr");
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char *read = NULL;

      for (guint j = 0; j < words[i]; j++)
        g_string_append_printf (name, " Wolfe%uschlegel", j);
      way_document_set_framed (document, TRUE);
      way_document_set_fit (document, 1);
      way_document_add (document, WAY_DOCUMENT_EYEBROW, "CERTIFICATE");
      way_document_add (document, WAY_DOCUMENT_NAME, name->str);
      way_document_add (document, WAY_DOCUMENT_AWARD, name->str);
      for (guint j = 0; j < 8; j++)
        way_document_add (document, WAY_DOCUMENT_SHOWN,
                          "Tell a message that is false by its sender, its links, what it wants");
      way_document_add (document, WAY_DOCUMENT_NOTE, "The last line");
      g_assert_cmpuint (way_document_get_n_pages (document), ==, 1);
      pdf = make (document);
      read = pdf_read_words (pdf);
      assert_has (read, name->str);
      assert_has (read, "The last line");
    }
}

/* One word that has no place to break, and letters of other scripts. */
static void
test_odd (void)
{
  g_autoptr (WayDocument) document = create ();
  g_autofree char *word = g_strnfill (300, 'W');
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *read = NULL;

  way_document_set_framed (document, TRUE);
  way_document_set_fit (document, 1);
  way_document_add (document, WAY_DOCUMENT_NAME, word);
  way_document_add (document, WAY_DOCUMENT_AWARD, "Łukasz Ó Dálaigh-Ŵyn");
  way_document_add (document, WAY_DOCUMENT_SAYS, "bad \xff byte");
  way_document_add (document, WAY_DOCUMENT_SAYS, "");
  g_assert_cmpuint (way_document_get_n_pages (document), ==, 1);
  pdf = make (document);
  read = pdf_read_words (pdf);
  assert_has (read, "Łukasz Ó Dálaigh-Ŵyn");
  assert_has (read, "byte");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/document/metadata", test_metadata);
  g_test_add_func ("/report/document/same", test_same);
  g_test_add_func ("/report/document/copy", test_copy);
  g_test_add_func ("/report/document/stopped", test_stopped);
  g_test_add_func ("/report/document/structure", test_structure);
  g_test_add_func ("/report/document/headings", test_headings);
  g_test_add_func ("/report/document/long", test_long);
  g_test_add_func ("/report/document/odd", test_odd);
  return g_test_run ();
}
