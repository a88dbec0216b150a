/* way-pack-chunks.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"
#include "sync/way-peer.h"

G_BEGIN_DECLS

/* How the file of a pack goes from a trust to a device: in pieces of 256 KiB, each with its
 * digest. What a cut leaves is gone on with; only the whole and sound file gets its name. */

typedef enum
{
  WAY_PACK_CHUNKS_NOTHING, /* the device has what the trust teaches, or the trust has no file */
  WAY_PACK_CHUNKS_MORE,    /* some pieces came: ask again */
  WAY_PACK_CHUNKS_PLACED,  /* a pack is there, for the next start */
  WAY_PACK_CHUNKS_REFUSED, /* what came cannot be used: `reason` */
} WayPackChunksOutcome;

/* The trust's side: keeps a pack's file, before its catalogue says that it is there. */
gboolean
way_pack_chunks_publish (WayStore *trust, const char *digest, GBytes *file, GError **error);

/* The device's: at most `most` pieces of what the catalogue of @device announces and neither
 * @known (digests, nullable) nor @folder has. */
gboolean way_pack_chunks_fetch (WayPeer *peer,
                                WayStore *device,
                                const char *folder,
                                const char *const *known,
                                guint most,
                                GCancellable *cancellable,
                                WayPackChunksOutcome *outcome,
                                char **reason,
                                GError **error);
/* $XDG_DATA_HOME/waymark/packs */
char *way_pack_chunks_dup_folder (void);
/* The pack to open at a start: the newest of @folder that this version can read, where it is
 * newer than the one at @installed; otherwise @installed. */
char *way_pack_chunks_choose (const char *folder, const char *installed);
/* Of the same pack in another version: one with this version of a module; NULL where there is
 * none here any more. */
WayPack *way_pack_chunks_find_module (const char *folder,
                                      const char *installed,
                                      WayPack *pack,
                                      const char *module,
                                      int version,
                                      const char *language);

WayChunk *way_pack_chunk_read (WayStatement *statement, GError **error);

G_END_DECLS
