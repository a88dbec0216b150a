/* way-demo-people.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-demo.h"

#include <math.h>

/* Made-up places and people. The names are common ones among those who work in hospitals
 * in England; any likeness to a person is chance. */

static const struct
{
  const char *code;
  const char *name;
  const char *type;
  const char *parent;
  guint weight;
} places[] = {
  { "ZZ9", "Fernhill Practice Trust", "trust", NULL, 0 },
  { "MED", "Medicine and Urgent Care", "division", "ZZ9", 0 },
  { "SUR", "Surgery and Critical Care", "division", "ZZ9", 0 },
  { "COM", "Community and Support", "division", "ZZ9", 0 },
  { "W01", "Alder Ward", "ward", "MED", 9 },
  { "W02", "Beech Ward", "ward", "MED", 8 },
  { "W03", "Emergency Department", "department", "MED", 12 },
  { "W04", "Acute Assessment", "department", "MED", 8 },
  { "W05", "Hawthorn Ward", "ward", "MED", 7 },
  { "W06", "Cedar Ward", "ward", "SUR", 8 },
  { "W07", "Theatres", "department", "SUR", 9 },
  { "W08", "Critical Care", "department", "SUR", 7 },
  { "W09", "Rowan Ward", "ward", "SUR", 7 },
  { "W10", "Outpatients", "department", "SUR", 7 },
  { "W11", "Community Nursing North", "department", "COM", 6 },
  { "W12", "Pharmacy", "department", "COM", 5 },
  { "W13", "Estates and Facilities", "department", "COM", 6 },
  { "W14", "Education and Digital Skills", "department", "COM", 4 },
};

static const char *const first_names[] = {
  "Amara",   "Priya",  "Grace",   "Oluwaseun", "Mei",    "Fatima",  "Daniel", "Siobhan",
  "Tomasz",  "Chloe",  "Rajesh",  "Blessing",  "Hannah", "Yusuf",   "Leanne", "Marcus",
  "Aisha",   "Gareth", "Joy",     "Nadia",     "Samuel", "Ewa",     "Callum", "Sunita",
  "Patrick", "Zainab", "Louise",  "Emeka",     "Rhys",   "Maria",   "Dev",    "Jasmine",
  "Kwame",   "Helen",  "Imran",   "Teresa",    "Owen",   "Farah",   "Peter",  "Ngozi",
  "Alice",   "Hassan", "Bethan",  "Lucia",     "Anil",   "Carol",   "Femi",   "Sandra",
  "Wei",     "Joanne", "Abdul",   "Katarzyna", "Ravi",   "Maureen", "Tunde",  "Sophie",
  "Gloria",  "Liam",   "Shabana", "George",
};

static const char *const last_names[] = {
  "Okafor",   "Patel",   "Mensah",  "Adeyemi",     "Chen",      "Khan",     "Evans",  "Murphy",
  "Kowalski", "Bennett", "Sharma",  "Osei",        "Wright",    "Hussain",  "Doyle",  "Campbell",
  "Begum",    "Price",   "Santos",  "Rahman",      "Boateng",   "Nowak",    "Fraser", "Gupta",
  "Kelly",    "Ibrahim", "Turner",  "Nwosu",       "Griffiths", "Costa",    "Desai",  "Clarke",
  "Appiah",   "Foster",  "Mahmood", "Reyes",       "Hughes",    "Siddiqui", "Walsh",  "Eze",
  "Barker",   "Yilmaz",  "Morgan",  "Rossi",       "Nair",      "Thompson", "Bello",  "Hill",
  "Zhang",    "Parsons", "Islam",   "Lewandowska", "Iyer",      "Ahmed",    "Bright", "Marsh",
};

/* Which staff groups work where, and how able each is on the whole. */
static const struct
{
  const char *group;
  guint ward;
  guint department;
  double mean;
} groups[] = {
  { "nursing", 42, 34, -0.75 }, { "acs", 26, 16, -1.15 },    { "medical", 12, 14, -0.25 },
  { "ahp", 8, 10, -0.45 },      { "admin", 8, 14, -0.35 },   { "scientists", 1, 4, 0.10 },
  { "apst", 1, 5, -0.10 },      { "students", 2, 3, -0.30 },
};

static const WayDemoPlace *
find_place (WayDemo *demo, const char *code)
{
  for (guint i = 0; i < demo->places->len; i++)
    {
      const WayDemoPlace *place = g_ptr_array_index (demo->places, i);

      if (g_str_equal (place->code, code))
        return place;
    }
  return NULL;
}

static void
place_free (WayDemoPlace *place)
{
  g_free (place->id);
  g_free (place->code);
  g_free (place->name);
  g_free (place->type);
  g_free (place->parent);
  g_free (place);
}

static void
person_free (WayDemoPerson *person)
{
  g_free (person->id);
  g_free (person->username);
  g_free (person->name);
  g_free (person->employee);
  g_free (person);
}

/* The trust, its divisions and its wards. */
void
way_demo_make_places (WayDemo *demo)
{
  demo->places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      WayDemoPlace *place = g_new0 (WayDemoPlace, 1);

      place->id = way_demo_dup_id (demo, demo->start);
      place->code = g_strdup (places[i].code);
      place->name = g_strdup (places[i].name);
      place->type = g_strdup (places[i].type);
      if (places[i].parent != NULL)
        place->parent = g_strdup (find_place (demo, places[i].parent)->id);
      place->weight = places[i].weight;
      g_ptr_array_add (demo->places, place);
    }
}

static const char *
choose_group (WayDemo *demo, const WayDemoPlace *place, double *mean)
{
  gboolean is_ward = g_str_equal (place->type, "ward");
  guint total = 0;
  guint at;

  if (g_str_equal (place->code, "W13"))
    {
      *mean = -1.2;
      return "estates";
    }
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    total += is_ward ? groups[i].ward : groups[i].department;
  at = way_random_range (&demo->random, total);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      guint share = is_ward ? groups[i].ward : groups[i].department;

      if (at < share)
        {
          *mean = groups[i].mean;
          return groups[i].group;
        }
      at -= share;
    }
  g_assert_not_reached ();
}

static char *
dup_username (WayDemo *demo, GHashTable *taken, const char *first, const char *last)
{
  g_autofree char *plain = g_strdup_printf ("%s.%s", first, last);
  g_autofree char *lower = g_ascii_strdown (plain, -1);
  char *username = g_strdup (lower);

  for (guint n = 2; g_hash_table_contains (taken, username); n++)
    {
      g_free (username);
      username = g_strdup_printf ("%s%u", lower, n);
    }
  g_hash_table_add (taken, g_strdup (username));
  return username;
}

/* The people, spread over the wards by their size; the first of each place is its
 * champion and the third its manager, and Education has three training leads, an analyst and
 * somebody of the design office. */
void
way_demo_make_people (WayDemo *demo, guint n_people)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint total = 0;
  guint made = 0;
  double passed = 0;
  guint n_capabilities = way_pack_get_capabilities (demo->pack)->len;

  demo->people = g_ptr_array_new_with_free_func ((GDestroyNotify) person_free);
  for (guint i = 0; i < demo->places->len; i++)
    total += ((const WayDemoPlace *) demo->places->pdata[i])->weight;
  for (guint i = 0; i < demo->places->len; i++)
    {
      const WayDemoPlace *place = g_ptr_array_index (demo->places, i);
      guint target;

      if (place->weight == 0)
        continue;
      passed += place->weight;
      target = lround (n_people * passed / total);
      for (guint n = 0; made < target; n++, made++)
        {
          WayDemoPerson *person = g_new0 (WayDemoPerson, 1);
          const char *first =
              first_names[way_random_range (&demo->random, G_N_ELEMENTS (first_names))];
          const char *last =
              last_names[way_random_range (&demo->random, G_N_ELEMENTS (last_names))];
          double common;
          double mean = 0;

          person->id = way_demo_dup_id (demo, demo->start);
          person->name = g_strdup_printf ("%s %s", first, last);
          person->username = dup_username (demo, taken, first, last);
          person->employee = g_strdup_printf ("%08u", 20400000 + made * 7 + 3);
          person->place = place;
          person->staff_group = choose_group (demo, place, &mean);
          person->is_champion = n == 0 || (n == 1 && place->weight > 7);
          if (g_str_equal (place->code, "W14") && n < 4 && n > 0)
            {
              person->is_lead = TRUE;
              person->is_champion = FALSE;
              person->staff_group = "admin";
              mean = 0.5;
            }
          person->is_analyst = g_str_equal (place->code, "W14") && n == 4;
          person->is_manager = !g_str_equal (place->code, "W14") && n == 2;
          person->is_designer = g_str_equal (place->code, "W14") && n == 5;
          /* Every sixth has not begun: some because they started last month. */
          person->is_idle = !person->is_champion && !person->is_lead
                            && way_random_uniform (&demo->random) < 0.24;
          person->started = demo->start
                            - (gint64) (way_random_uniform (&demo->random) * 3000) * 86400
                                  * G_USEC_PER_SEC;
          mean += person->is_champion ? 0.8 : 0;
          common = way_random_normal (&demo->random);
          for (guint c = 0; c < n_capabilities; c++)
            person->ability[c] =
                mean + 0.9 * (sqrt (.6) * common + sqrt (.4) * way_random_normal (&demo->random));
          g_ptr_array_add (demo->people, person);
        }
    }
}

/**
 * way_demo_find_lead:
 *
 * Returns: (transfer none) (nullable): the first training lead, of a trust that has one
 */
WayDemoPerson *
way_demo_find_lead (WayDemo *demo)
{
  for (guint i = 0; i < demo->people->len; i++)
    {
      WayDemoPerson *person = g_ptr_array_index (demo->people, i);

      if (person->is_lead)
        return person;
    }
  return NULL;
}
