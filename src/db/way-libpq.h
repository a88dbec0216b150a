/* way-libpq.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* The functions of libpq that this room calls, each under its own name. The library is loaded
 * with the first address of a server: it brings a dozen others with it, which take memory and
 * time at each start, and a trust in one file needs none of them. */
#define WAY_LIBPQ_FUNCTIONS(F)                                                                     \
  F (PQcancel)                                                                                     \
  F (PQclear)                                                                                      \
  F (PQcmdTuples)                                                                                  \
  F (PQconndefaults)                                                                               \
  F (PQconnectPoll)                                                                                \
  F (PQconnectStartParams)                                                                         \
  F (PQconninfoFree)                                                                               \
  F (PQconninfoParse)                                                                              \
  F (PQconsumeInput)                                                                               \
  F (PQdescribePrepared)                                                                           \
  F (PQencryptPasswordConn)                                                                        \
  F (PQenterPipelineMode)                                                                          \
  F (PQerrorMessage)                                                                               \
  F (PQexitPipelineMode)                                                                           \
  F (PQfinish)                                                                                     \
  F (PQflush)                                                                                      \
  F (PQfname)                                                                                      \
  F (PQfreeCancel)                                                                                 \
  F (PQfreemem)                                                                                    \
  F (PQftype)                                                                                      \
  F (PQgetCancel)                                                                                  \
  F (PQgetResult)                                                                                  \
  F (PQgetisnull)                                                                                  \
  F (PQgetlength)                                                                                  \
  F (PQgetvalue)                                                                                   \
  F (PQisBusy)                                                                                     \
  F (PQnfields)                                                                                    \
  F (PQpipelineSync)                                                                               \
  F (PQresultErrorField)                                                                           \
  F (PQresultErrorMessage)                                                                         \
  F (PQresultStatus)                                                                               \
  F (PQsendPrepare)                                                                                \
  F (PQsendQuery)                                                                                  \
  F (PQsendQueryParams)                                                                            \
  F (PQsendQueryPrepared)                                                                          \
  F (PQsetErrorVerbosity)                                                                          \
  F (PQsetNoticeReceiver)                                                                          \
  F (PQsetSingleRowMode)                                                                           \
  F (PQsetnonblocking)                                                                             \
  F (PQsocket)                                                                                     \
  F (PQstatus)                                                                                     \
  F (PQtransactionStatus)

#define WAY_LIBPQ_MEMBER(name) __typeof__ (name) *name;
typedef struct
{
  WAY_LIBPQ_FUNCTIONS (WAY_LIBPQ_MEMBER)
} WayLibpq;

extern WayLibpq way_libpq;

gboolean way_libpq_load (GError **error);

#ifndef WAY_LIBPQ_ITSELF
#define PQcancel way_libpq.PQcancel
#define PQclear way_libpq.PQclear
#define PQcmdTuples way_libpq.PQcmdTuples
#define PQconndefaults way_libpq.PQconndefaults
#define PQconnectPoll way_libpq.PQconnectPoll
#define PQconnectStartParams way_libpq.PQconnectStartParams
#define PQconninfoFree way_libpq.PQconninfoFree
#define PQconninfoParse way_libpq.PQconninfoParse
#define PQconsumeInput way_libpq.PQconsumeInput
#define PQdescribePrepared way_libpq.PQdescribePrepared
#define PQencryptPasswordConn way_libpq.PQencryptPasswordConn
#define PQenterPipelineMode way_libpq.PQenterPipelineMode
#define PQerrorMessage way_libpq.PQerrorMessage
#define PQexitPipelineMode way_libpq.PQexitPipelineMode
#define PQfinish way_libpq.PQfinish
#define PQflush way_libpq.PQflush
#define PQfname way_libpq.PQfname
#define PQfreeCancel way_libpq.PQfreeCancel
#define PQfreemem way_libpq.PQfreemem
#define PQftype way_libpq.PQftype
#define PQgetCancel way_libpq.PQgetCancel
#define PQgetResult way_libpq.PQgetResult
#define PQgetisnull way_libpq.PQgetisnull
#define PQgetlength way_libpq.PQgetlength
#define PQgetvalue way_libpq.PQgetvalue
#define PQisBusy way_libpq.PQisBusy
#define PQnfields way_libpq.PQnfields
#define PQpipelineSync way_libpq.PQpipelineSync
#define PQresultErrorField way_libpq.PQresultErrorField
#define PQresultErrorMessage way_libpq.PQresultErrorMessage
#define PQresultStatus way_libpq.PQresultStatus
#define PQsendPrepare way_libpq.PQsendPrepare
#define PQsendQuery way_libpq.PQsendQuery
#define PQsendQueryParams way_libpq.PQsendQueryParams
#define PQsendQueryPrepared way_libpq.PQsendQueryPrepared
#define PQsetErrorVerbosity way_libpq.PQsetErrorVerbosity
#define PQsetNoticeReceiver way_libpq.PQsetNoticeReceiver
#define PQsetSingleRowMode way_libpq.PQsetSingleRowMode
#define PQsetnonblocking way_libpq.PQsetnonblocking
#define PQsocket way_libpq.PQsocket
#define PQstatus way_libpq.PQstatus
#define PQtransactionStatus way_libpq.PQtransactionStatus
#endif

G_END_DECLS
