/* pdf-read.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* What another program reads in a PDF: pdftotext -layout, pdfinfo, pdfinfo -struct-text,
 * pdffonts. */
static inline char *
pdf_read (GBytes *pdf, const char *program, const char *option)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *said = NULL;
  int fd = g_file_open_tmp ("way-pdf-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  /* pdftotext writes to a file unless it is told not to. */
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                              option != NULL ? option : path, option != NULL ? path : NULL,
                              g_str_equal (program, "pdftotext") ? "-" : NULL, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_unlink (path);
  return said;
}

/* Words one after the other, whatever lines they stand on; a line may end at a hyphen. */
static inline char *
pdf_read_words (GBytes *pdf)
{
  g_autofree char *text = pdf_read (pdf, "pdftotext", "-raw");
  g_auto (GStrv) words = g_strsplit_set (text, " \n\r\t\f", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (joined, "%s%s",
                              joined->len > 0 && joined->str[joined->len - 1] != '-' ? " " : "",
                              words[i]);
  return g_string_free (joined, FALSE);
}

static inline void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in\n%s", part, text);
}
