/* way-pdf.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-document-private.h"

#include <string.h>

/* Cairo 1.16 has no way to say which language a PDF is in, nor that its window shall be
 * called by its title. A PDF may be added to at its end (ISO 32000, 7.5.6): its catalogue is
 * written once more with both. */

/* Streams in between hold any bytes. */
static const char *
find_last (const char *start, gsize length, const char *word)
{
  gsize n = strlen (word);

  for (gsize i = length >= n ? length - n + 1 : 0; i-- > 0;)
    if (memcmp (start + i, word, n) == 0)
      return start + i;
  return NULL;
}

/* The number after a word, as in “/Root 12 0 R”; 0 where there is none. */
static guint64
read_number (const char *place, const char *word)
{
  const char *found = place != NULL ? strstr (place, word) : NULL;

  return found != NULL ? g_ascii_strtoull (found + strlen (word), NULL, 10) : 0;
}

/* way_pdf_add_language:
 * @pdf: (transfer none): as cairo wrote it; it is added to
 * @language: as in “en-GB”
 *
 * Says in a PDF which language it is in. */
GBytes *
way_pdf_add_language (GByteArray *pdf, const char *language, GError **error)
{
  const char *text, *trailer, *catalogue, *end;
  g_autofree char *mark = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GString) more = g_string_new (NULL);
  guint64 root, size, info, before;
  gsize length = pdf->len;

  /* So that searches end. */
  g_byte_array_append (pdf, (const guint8 *) "", 1);
  text = (const char *) pdf->data;
  trailer = find_last (text, length, "trailer");
  root = read_number (trailer, "/Root");
  size = read_number (trailer, "/Size");
  info = read_number (trailer, "/Info");
  before = read_number (trailer, "startxref");
  mark = g_strdup_printf ("\n%" G_GUINT64_FORMAT " 0 obj\n<<", root);
  catalogue = root > 0 ? find_last (text, length, mark) : NULL;
  end = catalogue != NULL ? strstr (catalogue, "\nendobj") : NULL;
  if (end == NULL || size == 0 || before == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "The PDF is not as cairo writes it");
      return NULL;
    }
  catalogue += strlen (mark);
  body = g_strndup (catalogue, (gsize) (end - catalogue));
  g_string_printf (more,
                   "%" G_GUINT64_FORMAT " 0 obj\n<< /Lang (%s)\n   /ViewerPreferences "
                   "<< /DisplayDocTitle true >>%s\nendobj\n",
                   root, language, body);
  {
    gsize offset = length;
    gsize xref = length + more->len;

    g_string_append_printf (more,
                            "xref\n%" G_GUINT64_FORMAT " 1\n%010" G_GSIZE_FORMAT " 00000 n \n"
                            "trailer\n<< /Size %" G_GUINT64_FORMAT "\n   /Root %" G_GUINT64_FORMAT
                            " 0 R\n   /Info %" G_GUINT64_FORMAT " 0 R\n   /Prev %" G_GUINT64_FORMAT
                            "\n>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                            root, offset, size, root, info, before, xref);
  }
  g_byte_array_set_size (pdf, (guint) length);
  g_byte_array_append (pdf, (const guint8 *) more->str, (guint) more->len);
  return g_bytes_new (pdf->data, pdf->len);
}
