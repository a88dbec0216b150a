/* simulator.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "memory-disk.h"
#include "simulator-model.h"
#include "sync-fixture.h"

G_BEGIN_DECLS

/* Many desks and one trust on a clock, disks and a line that are made up, all
 * from one seed, with a plain list of what was said to be saved. */

typedef enum
{
  FAULT_CUT_BEFORE,
  FAULT_CUT_AFTER,
  FAULT_PORTAL,
  FAULT_BUSY,
  FAULT_TWICE,
  FAULT_REPLAY,
  FAULT_OVERLAP,
  FAULT_GAP,
  FAULT_MEANWHILE,
  FAULT_KILLED,
  FAULT_POWER,
  FAULT_DISK,
  FAULT_FULL,
  FAULT_PUT_BACK,
  FAULT_COPIED,
  FAULT_TWO_OPEN,
  FAULT_CLOCK,
  FAULT_TRUST_KILLED,
  FAULT_TRUST_POWER,
  FAULT_TRUST_DISK,
  FAULT_TRUST_FULL,
  FAULT_TRUST_PUT_BACK,
  FAULT_TRUST_CLOCK,
  FAULT_RIGHTS,
  FAULT_POISON,
  FAULT_UNKNOWN,
  FAULT_NO_RIGHT,
  FAULT_FOREIGN_ID,
  FAULT_FOREIGN_STREAM,
  FAULT_FOREIGN_SCOPE,
  FAULT_EARLY,
  FAULT_EPOCH,
  /* What happens beside sync has a chance of its own: without it worlds are as
   * they are without these. */
  FAULT_JOINED,
  FAULT_SAID_OF,
  FAULT_REDACTED,
  FAULT_ERASED,
  FAULT_RETAINED,
  FAULT_TICK,
  FAULT_TICKET,
  FAULT_TICKET_WRONG,
  FAULT_BUNDLE,
  FAULT_BUNDLE_WRONG,
  FAULT_RECEIPT,
  FAULT_DROP,
  FAULT_DROP_SENT,
  FAULT_TERMS_END,
  N_FAULTS,
} Fault;

#define SIM_FAILED 7 /* how a process ends that has found something */

#define SIM_BIT(fault) (G_GUINT64_CONSTANT (1) << (fault))

/* What a broken peer does, so that it is seen that the simulator would notice.
 */
typedef enum
{
  MUTATION_NONE,
  MUTATION_LOSE,     /* an event that was acknowledged is gone */
  MUTATION_DOUBLE,   /* one counts twice */
  MUTATION_LEAK,     /* a page brings what is somebody else's */
  MUTATION_LEND,     /* or what champions ask each other, to who is none */
  MUTATION_KEEP,     /* what is no longer to be seen is not called back */
  MUTATION_REWRITE,  /* the trust changes a body */
  MUTATION_FORGET,   /* a device forgets what it said to be saved */
  MUTATION_REMEMBER, /* a device's file keeps what its log does not */
  MUTATION_REAPPEAR, /* what was erased is in the trust again */
  MUTATION_RETAIN,   /* a device's file keeps what was erased */
  MUTATION_DROP_TWICE,
  MUTATION_DROP_TIED,   /* the trust knows who sent a message without a name */
  MUTATION_DROP_PLACED, /* or that they work where few do */
  MUTATION_DROP_LOST,
  N_MUTATIONS,
} Mutation;

typedef struct
{
  guint n_steps;
  guint64 without; /* faults left out, a bit each */
  Mutation mutation;
  gboolean is_quiet;
  gboolean is_telling; /* every step as it is done */
} SimOptions;

/* One desktop's store. Owned by the world. */
typedef struct
{
  guint number;
  char *path;
  guint person;
  WayStore *store;  /* (nullable) closed */
  WayPeer *peer;    /* (nullable) PostgreSQL: its connection */
  gint64 skew;      /* how wrong its clock is */
  GByteArray *must; /* by the number of what was said: whether it must hold it */
  DiskImage *image; /* (nullable) a backup */
  GByteArray *image_must;
  gboolean has_ticket; /* one is asked for when it syncs */
  gboolean is_gone;    /* it was told that its person is erased */
} SimDesk;

/* What somebody else's client pushes. */
typedef struct
{
  char stream[37];
  guint person;
  gint64 seq;
  char *chain;
} SimRogue;

typedef struct
{
  const SimOptions *options;
  guint seed;
  GRand *rand;
  GRand *other; /* for what happens beside sync */
  SyncFixture fixture;
  guint trust_opened; /* how often */
  gint64 trust_skew;
  DiskImage *trust_image; /* (nullable) a backup; not on PostgreSQL */
  gboolean has_trust_image;
  GByteArray *trust_must;
  GByteArray *trust_image_must;
  GPtrArray *desks;  /* of SimDesk */
  GPtrArray *rogues; /* of SimRogue */
  GPtrArray *sent;   /* of Sent: pushes, to be sent again */
  GPtrArray *posts;  /* of SimPost: bundles, to be brought again */
  guint n_posts;
  guint n_moves;                        /* of the box */
  guint n_joined;                       /* of those who come later */
  gboolean was_put_back;                /* the trust, once */
  gboolean has_come_again[MODEL_N_ALL]; /* after they had left */
  char *erased_body;                    /* (nullable) of an event that was emptied */
  GByteArray *drop_must;                /* by the number of the message: whether the trust said
                                           it has it */
  GByteArray *drop_image_must;          /* of its backup */
  Model *model;
  guint step;
  guint depth;
  gboolean is_calm;
  gboolean is_mutated; /* it has happened */
  guint n_rests;
  guint n_syncs;
  guint n_faults[N_FAULTS];
  GQueue notes; /* the last steps */
} World;

/* simulator-clock.c: what the programs under test take for the time and for
 * chance. */
void sim_clock_start (guint32 seed, gint64 now);
void sim_clock_stop (void);
void sim_clock_turn (gint64 skew); /* whose clock is read from now on */
void sim_clock_pass (gint64 microseconds);

/* simulator-world.c */
const char *sim_fault_get_name (Fault fault);
void sim_world_run (guint seed, const SimOptions *options, guint n_faults[N_FAULTS]);
gboolean sim_strikes (World *world, Fault fault, guint one_in);
guint sim_pick (World *world, guint n); /* 0 … n − 1 */
void sim_note (World *world, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Prints what is needed to repeat it, and ends the process. */
void sim_fail (World *world, const char *invariant, const char *format, ...)
    G_GNUC_PRINTF (3, 4) G_GNUC_NORETURN;
void sim_step (World *world, SimDesk *except);
void sim_must (GByteArray *must, guint number);
gboolean sim_is_must (const GByteArray *must, guint number);
GByteArray *sim_must_copy (const GByteArray *must);

/* simulator-desk.c */
SimDesk *sim_desk_add (World *world, guint person);
void sim_desk_free (gpointer desk);
void sim_desk_open (World *world, SimDesk *desk);
void sim_desk_close (World *world, SimDesk *desk);
/* Breaks its disk within so many writes; and what is there after whatever was
 * then done, which may be another store. TRUE: it has struck, and is counted.
 */
DiskFault sim_desk_break (World *world, SimDesk *desk, guint within);
gboolean sim_desk_recover (World *world, SimDesk *desk, DiskFault fault);
void sim_desk_save (World *world, SimDesk *desk);
void sim_desk_meet (World *world, SimDesk *desk, WaySyncResult *result);
void sim_desk_trouble (World *world, SimDesk *desk);

/* simulator-line.c: the trust as a desk meets it. */
WayPeer *sim_line_new (World *world, SimDesk *desk);
gboolean sim_line_was_troubled (WayPeer *line);
void sim_sent_free (gpointer sent);
WayPeer *sim_peer_new (World *world, guint person);
void sim_trust_read (World *world, const char *stream);
/* The same for the disk of the trust, once in so many times. */
DiskFault sim_trust_break (World *world, guint one_in);
gboolean sim_trust_mend (World *world, DiskFault fault);

/* simulator-trust.c: those who administer it, and those who mean it ill. */
void sim_trust_open (World *world, const DiskImage *image);
void sim_trust_write (World *world, const char *author, WayEvent *draft);
void sim_trust_administer (World *world);
void sim_trust_trouble (World *world);
void sim_trust_write_person (World *world, guint person, gboolean has_left, gint64 ago);
void sim_trust_welcome_back (World *world);
void sim_rogue_act (World *world);
void sim_rogue_free (gpointer rogue);

/* simulator-champion.c: what champions do, and how they come and go. */
WayEvent *sim_champion_draft (World *world, guint person, guint mark);
void sim_champion_tick (World *world);
guint sim_champion_judge_again (World *world);

/* simulator-erasure.c: who comes and is erased, and what is emptied. */
void sim_erasure_act (World *world, SimDesk *except);
void sim_erasure_put_back (World *world);
void sim_erasure_sweep (World *world);
void sim_erasure_check (World *world);

/* simulator-post.c: what goes on other ways than by sync. */
void sim_post_act (World *world, SimDesk *except);
void sim_post_free (gpointer post);
void sim_post_move (World *world);
void sim_post_check (World *world);

/* simulator-rest.c: everything has come to rest. */
void sim_rest (World *world);

G_END_DECLS
