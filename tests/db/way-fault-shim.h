/* way-fault-shim.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

/* What the preloaded library way-fault-shim.so does to a program, shared between that
 * program and its test through a file that both map: WAY_FAULT_SHIM names it. All zero,
 * it only counts. */

typedef enum
{
  WAY_SHIM_WRITE = 1 << 0,    /* bytes into a file */
  WAY_SHIM_SYNC = 1 << 1,     /* fsync, fdatasync */
  WAY_SHIM_TRUNCATE = 1 << 2, /* a file made shorter or longer */
  WAY_SHIM_ALL = WAY_SHIM_WRITE | WAY_SHIM_SYNC | WAY_SHIM_TRUNCATE,
} WayShimOps;

typedef enum
{
  WAY_SHIM_NOTHING,
  WAY_SHIM_KILL,    /* the program is killed before it */
  WAY_SHIM_FAIL,    /* it fails, with @error */
  WAY_SHIM_LOSE,    /* power cut: what was not synced is lost */
  WAY_SHIM_REORDER, /* power cut: some of the writes that were not synced are lost */
  WAY_SHIM_TEAR,    /* power cut: some of their sectors of 512 bytes are lost */
} WayShimAction;

typedef struct
{
  int64_t n_ops;         /* how many there were, of @ops, by all processes */
  int64_t at;            /* the first that goes wrong, from 1; 0: none */
  int64_t n_wrong;       /* how many go wrong from there on */
  int64_t clock_offset;  /* µs, added to the clock of the day */
  int32_t ops;           /* what is counted and goes wrong */
  int32_t action;        /* WayShimAction */
  int32_t error;         /* errno of WAY_SHIM_FAIL */
  int32_t is_full;       /* nothing becomes longer: ENOSPC */
  int32_t sync_delay_ms; /* how long the disk takes for a sync */
  uint32_t seed;         /* of what is lost */
  uint32_t file_system;  /* magic number that statfs gives; 0: the real one */
  char prefix[512];      /* the files that are meant: their paths begin so */
} WayFaultShim;
