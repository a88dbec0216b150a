/* test-simulator.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Worlds, one after the other, each from a seed of its own, until so many faults have
 * happened. HACKING.md says how one is repeated. */

static int n_faults_wanted = 2000;
static int first_seed = 1;
static int one_seed = -1;
static int n_steps = 360;
static char *without;
static gboolean is_telling;

static const GOptionEntry entries[] = {
  { "faults", 0, 0, G_OPTION_ARG_INT, &n_faults_wanted, "Go on until so many", "N" },
  { "first-seed", 0, 0, G_OPTION_ARG_INT, &first_seed, "Of the first world", "SEED" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &one_seed, "This world alone", "SEED" },
  { "steps", 0, 0, G_OPTION_ARG_INT, &n_steps, "In each world", "N" },
  { "without", 0, 0, G_OPTION_ARG_STRING, &without, "Leave these faults out", "NAME,NAME" },
  { "tell", 0, 0, G_OPTION_ARG_NONE, &is_telling, "Every step as it is done, in this process",
    NULL },
  { NULL },
};

typedef struct
{
  guint seed;
  guint n_worlds;
  guint n_faults[N_FAULTS];
  gboolean has_found; /* something that does not hold */
} Progress;

static guint
add_up (const guint n_faults[N_FAULTS])
{
  guint n = 0;

  for (guint i = 0; i < N_FAULTS; i++)
    n += n_faults[i];
  return n;
}

/* Runs worlds in a process of their own, so that one that ends badly ends nothing else.
 * TRUE: all went well; otherwise progress says how far it came. */
static gboolean
run (guint seed, guint n_wanted, const SimOptions *options, Progress *progress)
{
  int fds[2];
  int status;
  pid_t child;
  Progress told;

  *progress = (Progress){ 0 };
  progress->seed = seed;
  if (options->is_telling) /* for a debugger, in this process */
    {
      sim_world_run (seed, options, progress->n_faults);
      progress->n_worlds = 1;
      return TRUE;
    }
  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      Progress mine = { 0 };

      close (fds[0]);
      if (options->is_quiet)
        {
          fclose (stdout);
          fclose (stderr);
        }
      for (mine.seed = seed; mine.n_worlds == 0 || add_up (mine.n_faults) < n_wanted;)
        {
          if (write (fds[1], &mine, sizeof mine) != sizeof mine)
            _exit (1);
          sim_world_run (mine.seed, options, mine.n_faults);
          mine.seed++;
          mine.n_worlds++;
        }
      if (write (fds[1], &mine, sizeof mine) != sizeof mine)
        _exit (1);
      /* What stands at the end of a program, leaks above all, is looked at too. */
      exit (0);
    }
  close (fds[1]);
  while (read (fds[0], &told, sizeof told) == sizeof told)
    *progress = told;
  close (fds[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  progress->has_found = WIFEXITED (status) && WEXITSTATUS (status) == SIM_FAILED;
  if (WIFSIGNALED (status))
    g_test_message ("Ended by signal %d", WTERMSIG (status));
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

static char *
name_faults (guint64 faults)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < N_FAULTS; i++)
    if (faults & SIM_BIT (i))
      g_ptr_array_add (names, (char *) sim_fault_get_name (i));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (",", (char **) names->pdata);
}

/* Leaves out one kind of fault after the other, as long as it still ends badly. */
static void
shorten (guint seed, const SimOptions *options)
{
  SimOptions shorter = *options;
  Progress progress;
  g_autofree char *names = NULL;

  shorter.is_quiet = TRUE;
  shorter.is_telling = FALSE;
  for (guint i = 0; i < N_FAULTS; i++)
    {
      SimOptions tried = shorter;

      tried.without |= SIM_BIT (i);
      if (!run (seed, 0, &tried, &progress))
        shorter = tried;
    }
  while (shorter.n_steps > 10)
    {
      SimOptions tried = shorter;

      tried.n_steps -= MAX (1, tried.n_steps / 8);
      if (run (seed, 0, &tried, &progress))
        break;
      shorter = tried;
    }
  names = name_faults (shorter.without);
  g_test_message ("Shorter: --seed %u --steps %u --without %s", seed, shorter.n_steps, names);
}

static guint64
read_without (void)
{
  guint64 faults = 0;
  g_auto (GStrv) names = g_strsplit (without != NULL ? without : "", ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; j < N_FAULTS; j++)
      if (g_str_equal (names[i], sim_fault_get_name (j)))
        faults |= SIM_BIT (j);
  return faults;
}

static void
test_worlds (void)
{
  SimOptions options = { .n_steps = n_steps, .without = read_without (), .is_telling = is_telling };
  Progress progress;
  guint seed = one_seed >= 0 ? one_seed : first_seed;
  gboolean is_done = run (seed, one_seed >= 0 ? 0 : n_faults_wanted, &options, &progress);

  for (guint i = 0; i < N_FAULTS; i++)
    g_test_message ("%7u %s", progress.n_faults[i], sim_fault_get_name (i));
  g_test_message ("%u faults in %u worlds", add_up (progress.n_faults), progress.n_worlds);
  if (is_done)
    return;
  g_test_message ("Repeat: %s --seed %u --steps %d", g_get_prgname (), progress.seed, n_steps);
  if (!sync_fixture_is_postgresql ())
    shorten (progress.seed, &options);
  g_test_fail ();
}

/* A simulator that cannot fail shows nothing. */
static void
test_mutations (void)
{
  for (Mutation mutation = MUTATION_NONE + 1; mutation < N_MUTATIONS; mutation++)
    {
      /* Where the trust was put back everything is pulled anew, which heals some of it. */
      SimOptions options = { .n_steps = 180,
                             .mutation = mutation,
                             .is_quiet = TRUE,
                             .without = SIM_BIT (FAULT_EPOCH) | SIM_BIT (FAULT_TRUST_PUT_BACK) };
      Progress progress;
      gboolean is_found = FALSE;

      for (guint seed = 1; seed <= 8 && !is_found; seed++)
        {
          gboolean is_well = run (seed, 0, &options, &progress);

          is_found = progress.has_found;
          /* A world that breaks down has found nothing. */
          g_assert_true (is_well || is_found);
        }
      if (!is_found)
        g_test_message ("Mutation %d is not noticed", mutation);
      g_assert_true (is_found);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean is_postgresql = sync_fixture_is_postgresql ();
  int status;

  /* Before GLib takes its own, of which one is --seed too. */
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  g_test_init (&argc, &argv, NULL);
  memory_disk_install ();
  g_test_add_func ("/sync/simulator/worlds", test_worlds);
  if (one_seed < 0 && !is_postgresql)
    g_test_add_func ("/sync/simulator/mutations", test_mutations);
  status = g_test_run ();
  memory_disk_uninstall ();
  return status;
}
