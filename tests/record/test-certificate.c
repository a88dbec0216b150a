/* test-certificate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-certificate.h"

#include <string.h>

#define SEED 20261122
#define ID "018bcfe5-687b-774b-b0f1-f2f3f4f5f6f7"
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static char *
dup_some_code (GRand *random)
{
  g_autofree char *proof = g_strdup_printf ("%07x%08x", g_rand_int (random) >> 4,
                                            g_rand_int (random));

  return way_certificate_make_code (proof);
}

/* The same on every machine and in every version: it stands on paper. */
static void
test_made (void)
{
  g_autofree char *proof = way_certificate_make_proof (ID, DIGEST);
  g_autofree char *other = way_certificate_make_proof (ID, "0" DIGEST);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                                        "waymark certificate 1\n" ID "\n" DIGEST,
                                                        -1);
  g_autofree char *code = way_certificate_make_code (proof);
  g_autofree char *back = way_certificate_read_code (code);
  g_autofree char *least = way_certificate_make_code ("000000000000001");

  g_assert_true (g_str_has_prefix (sum, proof));
  g_assert_cmpuint (strlen (proof), ==, WAY_CERTIFICATE_PROOF);
  g_assert_cmpstr (proof, !=, other);
  g_assert_cmpstr (back, ==, proof);
  g_assert_cmpuint (strlen (code), ==, 17);
  /* 1 · 32² + c has to be a multiple of 1021: c = 1018 = 31 · 32 + 26. */
  g_assert_cmpstr (least, ==, "0000-0000-0001-ZT");
}

static void
test_typed (void)
{
  g_autofree char *code = way_certificate_make_code ("00108421084210f");
  g_autofree char *proof = way_certificate_read_code (code);
  g_autoptr (GString) typed = g_string_new (code);
  static const char *const wrong[] = { "",
                                       "-",
                                       "K7QF",
                                       "0000-0000-0001-ZU",
                                       "0000-0000-0001-Z",
                                       "0000-0000-0001-ZT0",
                                       "0000 0000 000é ZT" };

  g_assert_cmpstr (proof, ==, "00108421084210f");
  g_string_ascii_down (typed);
  g_string_replace (typed, "-", " ", 0);
  g_string_replace (typed, "1", "l", 1);
  g_string_replace (typed, "1", "I", 1);
  g_string_replace (typed, "0", "o", 2);
  g_string_prepend (typed, "  ");
  {
    g_autofree char *again = way_certificate_read_code (typed->str);

    g_assert_cmpstr (again, ==, proof);
  }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (way_certificate_read_code (wrong[i]));
}

/* Every wrong character, and every two that changed places, in a hundred codes. */
static void
test_slips (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);

  for (guint round = 0; round < 100; round++)
    {
      g_autofree char *code = dup_some_code (random);
      gsize length = strlen (code);

      for (gsize i = 0; i < length; i++)
        {
          char was = code[i];

          if (was == '-')
            continue;
          for (const char *letter = letters; *letter != '\0'; letter++)
            {
              g_autofree char *proof = NULL;

              if (*letter == was)
                continue;
              code[i] = *letter;
              proof = way_certificate_read_code (code);
              if (proof != NULL)
                g_error ("%s was taken for right: place %zu was %c", code, i, was);
            }
          code[i] = was;
          for (gsize j = i + 1; j < length; j++)
            {
              g_autofree char *proof = NULL;

              if (code[j] == '-' || code[j] == was)
                continue;
              code[i] = code[j];
              code[j] = was;
              proof = way_certificate_read_code (code);
              if (proof != NULL)
                g_error ("%s was taken for right: %zu and %zu changed places", code, i, j);
              code[j] = code[i];
              code[i] = was;
            }
        }
    }
}

/* Of what somebody makes up one in a thousand looks like a code, and no more. */
static void
test_made_up (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n_taken = 0;

  for (guint round = 0; round < 100000; round++)
    {
      char text[15] = { 0 };
      g_autofree char *proof = NULL;

      for (guint i = 0; i < 14; i++)
        text[i] = letters[g_rand_int_range (random, 0, 32)];
      proof = way_certificate_read_code (text);
      n_taken += proof != NULL;
    }
  g_assert_cmpuint (n_taken, >, 50);
  g_assert_cmpuint (n_taken, <, 150);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_message ("seed %d", SEED);
  g_test_add_func ("/record/certificate/made", test_made);
  g_test_add_func ("/record/certificate/typed", test_typed);
  g_test_add_func ("/record/certificate/slips", test_slips);
  g_test_add_func ("/record/certificate/made-up", test_made_up);
  return g_test_run ();
}
