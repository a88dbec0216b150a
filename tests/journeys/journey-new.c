/* journey-new.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A trust on its first day: made by waymarkctl as the guide for whoever runs the database says,
 * with people in it who have done nothing yet. Each page of each role opens, and says so. */

#include "way-journey.h"

#define UNITS                                                                                      \
  "Code,Name,Type,Parent\nMED,Medicine,division,\nW1,Elm Ward,ward,MED\n"                          \
  "W2,Oak Ward,ward,MED\n"

#define PEOPLE                                                                                     \
  "Employee Number,First,Last,Username,Staff Group,Unit Code,Manager\n"                            \
  "1,Lena,Lead,lena,nursing,MED,\n2,Cal,Champ,cal,nursing,W1,4\n"                                  \
  "3,Lee,Learner,lee,nursing,W1,4\n4,Mia,Manager,mia,nursing,W1,\n"                                \
  "5,Ana,Analyst,ana,nursing,MED,\n6,Dee,Design,dee,nursing,MED,\n"

static char *
write_list (WayJourney *journey, const char *name, const char *text)
{
  char *path = g_build_filename (journey->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

#define ctl(journey, ...)                                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    int status_;                                                                                   \
    g_autofree char *said_ = way_journey_ctl (journey, &status_, __VA_ARGS__, NULL);               \
                                                                                                   \
    g_test_message ("%s", said_);                                                                  \
    g_assert_cmpint (status_, ==, 0);                                                              \
  }                                                                                                \
  G_STMT_END

static WayJourney *
make_trust (void)
{
  g_autofree char *folder = g_dir_make_tmp ("waymark-journey-XXXXXX", NULL);
  g_autofree char *trust = g_build_filename (folder, "trust.db", NULL);
  g_autofree char *pack = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  WayJourney *journey = way_journey_new_for_trust (trust);
  g_autofree char *units = NULL;
  g_autofree char *people = NULL;

  journey->folder = g_steal_pointer (&folder);
  units = write_list (journey, "units.csv", UNITS);
  people = write_list (journey, "people.csv", PEOPLE);
  ctl (journey, "trust", "create", journey->trust, "--organisation", "New Trust", "--ods", "ABC");
  ctl (journey, "trust", "publish", journey->trust, pack);
  ctl (journey, "trust", "import-units", journey->trust, units);
  ctl (journey, "trust", "import-people", journey->trust, people);
  ctl (journey, "trust", "grant", journey->trust, "lena", "lead");
  ctl (journey, "trust", "grant", journey->trust, "cal", "champion", "--unit", "W1");
  ctl (journey, "trust", "grant", journey->trust, "ana", "analyst");
  ctl (journey, "trust", "grant", journey->trust, "dee", "design");
  ctl (journey, "trust", "check", journey->trust);
  return journey;
}

typedef struct
{
  const char *page;
  const char *words; /* (nullable) what there is to read while there is nothing */
} Visit;

static void
visit (WayJourney *journey, const char *username, const Visit *visits, guint n)
{
  way_journey_open (journey, username, "today");
  way_journey_expect (journey, "Find out where you stand");
  for (guint i = 0; i < n; i++)
    {
      way_journey_go (journey, visits[i].page);
      way_journey_expect (journey, visits[i].words);
      way_driver_audit (journey->driver);
    }
  way_journey_close (journey);
}

static void
test_new (void)
{
  static const Visit learner[] = {
    { "Learn", "Spot the Phish*" }, { "Practise", "*" }, { "My skills", "*" }, { "Get help", "*" },
    { "Tell the trust", "*" },
  };
  static const Visit champion[] = {
    { "My people", "Lee Learner*" },
    { "Being a champion", "*" },
    { "Champions’ corner", "*" },
    { "Notices", "*" },
  };
  static const Visit lead[] = {
    { "Overview", "0 of 6*" },
    { "Reports", "Not measured*" },
    { "Feedback", "Nothing has been said yet" },
    { "Initiatives", "Nothing is being introduced yet*" },
    { "What roles ask for", "*" },
    { "Champions", "*" },
    { "Coverage", "Elm Ward*" },
    { "Help over time", "Nothing to tell yet*" },
    { "Champions’ corner", "*" },
  };
  static const Visit manager[] = { { "My team", "Lee Learner*" } };
  static const Visit analyst[] = { { "Assessment quality", "*" } };
  static const Visit design[] = { { "Feedback", "Nothing has been said yet" } };
  g_autoptr (WayJourney) journey = make_trust ();

  visit (journey, "lee", learner, G_N_ELEMENTS (learner));
  visit (journey, "cal", champion, G_N_ELEMENTS (champion));
  visit (journey, "lena", lead, G_N_ELEMENTS (lead));
  visit (journey, "mia", manager, G_N_ELEMENTS (manager));
  visit (journey, "ana", analyst, G_N_ELEMENTS (analyst));
  visit (journey, "dee", design, G_N_ELEMENTS (design));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/new", test_new);
  return g_test_run ();
}
