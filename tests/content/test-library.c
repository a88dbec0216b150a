/* test-library.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-library.h"

static WayPack *
open_core (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  WayPack *pack = way_pack_open (path, NULL, &error);

  g_assert_no_error (error);
  return pack;
}

static void
test_distance (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    guint distance;
  } cases[] = {
    { "phish", "phish", 0 },
    { "phsih", "phish", 1 },
    { "fish", "phish", 2 },
    { "phis", "phish", 1 },
    { "phishs", "phish", 1 },
    { "", "ab", 2 },
    { "café", "cafe", 1 },
    { "password", "passwrod", 1 },
    { "passwort", "password", 1 },
    { "bag", "phishing", 3 },
    { "confidental", "confidential", 1 },
    { "abc", "cab", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpuint (way_words_distance (cases[i].a, cases[i].b, 2), ==, cases[i].distance);
      g_assert_cmpuint (way_words_distance (cases[i].b, cases[i].a, 2), ==, cases[i].distance);
    }
}

/* Longer than what is compared letter by letter: no letter is read beyond it. */
static void
test_long (void)
{
  g_autofree char *a = g_strnfill (200, 'a');
  g_autofree char *b = g_strnfill (300, 'a');
  g_autoptr (WayPack) pack = open_core ();
  g_autoptr (WayLibrary) library = way_library_new (pack);
  g_autoptr (GPtrArray) found = way_library_search (library, b);

  g_assert_cmpuint (way_words_distance (a, b, 2), ==, 0);
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_search (void)
{
  static const struct
  {
    const char *text;
    const char *first; /* NULL: nothing is found */
  } cases[] = {
    { "Spot the Phish", "F1" },
    { "phish", "F1" },
    { "PHISH", "F1" },
    { "phi", "F1" },                         /* a beginning */
    { "phihs", "F1" },                       /* letters changed places */
    { "pasphrases", "D3" },                  /* one letter missing */
    { "confidenshal", "F2" },                /* two letters wrong */
    { "multi-factor authentication", "D3" }, /* the synonym of MFA */
    { "scam", "F1" },                        /* the second synonym of phishing */
    { "going live", "B5" },                  /* of go-live */
    { "how do I coach a colleague", "B4" },  /* little words do not count */
    { "right patient", "C1" },
    { "f1", "F1" },
    { "xray result", "D7" }, /* one word or two, in a card */
    { "x ray result", "D7" },
    { "X-ray results", "D7" },
    { "pass phrase", "D3" }, /* two words that are one */
    { "golive", "B5" },      /* a hyphen left out */
    { "password", "D3" },    /* what explains it, before what says it */
    { "pasword", "D3" },
    { "log off", "D1" }, /* plain words for what the modules name otherwise */
    { "logout", "D1" },
    { "bigger text", "D2" },
    { "privacy", "F2" },
    { "2FA", "D3" },
    { "blood test", "D7" },
    { "wrong recipient phish-nonsense-zzz", NULL }, /* every word has to be found */
    { "zebra crossing", NULL },
    { "", NULL },
    { " … ", NULL },
  };
  g_autoptr (WayPack) pack = open_core ();
  g_autoptr (WayLibrary) library = way_library_new (pack);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = way_library_search (library, cases[i].text);
      const char *first = found->len > 0 ? ((WayModule *) found->pdata[0])->id : NULL;

      if (g_strcmp0 (first, cases[i].first) != 0)
        g_error ("“%s” finds %s first and not %s", cases[i].text, first, cases[i].first);
    }
}

/* What is spelt right comes before what is near. */
static void
test_rank (void)
{
  g_autoptr (WayPack) pack = open_core ();
  g_autoptr (WayLibrary) library = way_library_new (pack);
  g_autoptr (GPtrArray) right = way_library_search (library, "report");
  g_autoptr (GPtrArray) near = way_library_search (library, "reprot");

  g_assert_cmpuint (right->len, >, 1);
  g_assert_cmpstr (((WayModule *) right->pdata[0])->id, ==, "F3");
  g_assert_cmpuint (near->len, >, 0);
  g_assert_cmpuint (near->len, <=, right->len);
  g_assert_finalize_object (g_steal_pointer (&library));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/content/library/distance", test_distance);
  g_test_add_func ("/content/library/long", test_long);
  g_test_add_func ("/content/library/search", test_search);
  g_test_add_func ("/content/library/rank", test_rank);
  return g_test_run ();
}
