/* way-kind-administer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-kind-private.h"

static const WayField assignment_fields[] = {
  WAY_TEXT (WayAssignmentBody, what),
  WAY_MAYBE_TEXT (WayAssignmentBody, module),
  WAY_MAYBE_INTEGER (WayAssignmentBody, due, 0, 0),
};

static const WayField assignment_end_fields[] = {
  WAY_TEXT (WayAssignmentEndBody, assignment),
  WAY_TEXT (WayAssignmentEndBody, reason),
};

static const WayField exemption_fields[] = {
  WAY_TEXT (WayExemptionBody, what),
  WAY_TEXT (WayExemptionBody, reason),
};

static const WayField reminder_fields[] = {
  WAY_TEXT (WayReminderBody, what),
};

static const WayField role_requirement_fields[] = {
  WAY_TEXT (WayRoleRequirementBody, role),
  WAY_TEXT (WayRoleRequirementBody, capability),
  WAY_INTEGER (WayRoleRequirementBody, level, 1, 4),
};

static const WayField organisation_fields[] = {
  WAY_TEXT (WayOrganisationBody, name),
  WAY_TEXT (WayOrganisationBody, ods),
  WAY_BOOLEAN (WayOrganisationBody, synthetic),
};

static const WayField place_fields[] = {
  WAY_TEXT (WayPlaceBody, place),
  WAY_TEXT (WayPlaceBody, code),
  WAY_TEXT (WayPlaceBody, name),
  WAY_CHOICE (WayPlaceBody, type, "trust|division|ward|department"),
  WAY_MAYBE_TEXT (WayPlaceBody, parent),
};

static const WayField person_fields[] = {
  WAY_TEXT (WayPersonBody, person),      WAY_TEXT (WayPersonBody, username),
  WAY_TEXT (WayPersonBody, name),        WAY_MAYBE_TEXT (WayPersonBody, employee),
  WAY_TEXT (WayPersonBody, staff_group), WAY_MAYBE_INTEGER (WayPersonBody, started, 0, 0),
  WAY_BOOLEAN (WayPersonBody, ended),    WAY_MAYBE_TEXT (WayPersonBody, principal),
  WAY_MAYBE_TEXT (WayPersonBody, job),
};

static const WayField membership_fields[] = {
  WAY_TEXT (WayMembershipBody, person),
  WAY_TEXT (WayMembershipBody, place),
  WAY_BOOLEAN (WayMembershipBody, is_primary),
  WAY_BOOLEAN (WayMembershipBody, ended),
};

static const WayField role_grant_fields[] = {
  WAY_TEXT (WayRoleGrantBody, person),
  WAY_CHOICE (WayRoleGrantBody, role, "champion|manager|lead|author|analyst|governance|design"),
  WAY_MAYBE_TEXT (WayRoleGrantBody, place),
  WAY_BOOLEAN (WayRoleGrantBody, ended),
  WAY_MAYBE_TEXT (WayRoleGrantBody, source),
};

static const WayField setting_fields[] = {
  WAY_TEXT (WaySettingBody, key),
  WAY_TEXT (WaySettingBody, value),
};

static const WayField pack_release_fields[] = {
  WAY_CHOICE (WayPackReleaseBody, part, "pack|level|capability|module|outcome|pathway|role|job"),
  WAY_TEXT (WayPackReleaseBody, pack),
  WAY_INTEGER (WayPackReleaseBody, version, 0, G_MAXINT32),
  WAY_TEXT (WayPackReleaseBody, ident),
  WAY_TEXT (WayPackReleaseBody, name),
  /* The one field whose name is a word of C. */
  { "short", WAY_FIELD_TEXT, WAY_OFFSET (WayPackReleaseBody, short_name, char *), TRUE, NULL, 0,
    0 },
  WAY_MAYBE_TEXT (WayPackReleaseBody, capability),
  WAY_MAYBE_INTEGER (WayPackReleaseBody, level, 0, G_MAXINT32),
  WAY_MAYBE_INTEGER (WayPackReleaseBody, minutes, 0, G_MAXINT32),
  WAY_MAYBE_TEXT (WayPackReleaseBody, digest),
  WAY_MAYBE_INTEGER (WayPackReleaseBody, position, 0, G_MAXINT32),
  WAY_MAYBE_TEXT (WayPackReleaseBody, required),
};

static const WayField item_parameter_fields[] = {
  WAY_TEXT (WayItemParameterBody, pack),
  WAY_TEXT (WayItemParameterBody, item),
  WAY_TEXT (WayItemParameterBody, version),
  WAY_DECIMAL (WayItemParameterBody, a, 0, 0),
  WAY_DECIMAL (WayItemParameterBody, b, 0, 0),
  WAY_DECIMAL (WayItemParameterBody, c, 0, 1),
  WAY_DECIMAL (WayItemParameterBody, d, 0, 1),
  WAY_DECIMAL (WayItemParameterBody, sd, 0, G_MAXDOUBLE),
  WAY_MAYBE_TEXT (WayItemParameterBody, steps),
  WAY_MAYBE_INTEGER (WayItemParameterBody, of, 1, G_MAXINT32),
  WAY_MAYBE_TEXT (WayItemParameterBody, note),
  WAY_MAYBE_DECIMAL (WayItemParameterBody, seconds, 0, G_MAXDOUBLE),
  WAY_MAYBE_DECIMAL (WayItemParameterBody, exposure, 0, 1),
};

static const WayField local_note_fields[] = {
  WAY_TEXT (WayLocalNoteBody, module),
  WAY_TEXT (WayLocalNoteBody, text),
};

static const WayField access_fields[] = {
  WAY_TEXT (WayAccessBody, what),
  WAY_MAYBE_TEXT (WayAccessBody, detail),
  WAY_MAYBE_TEXT (WayAccessBody, by),
};

static const WayField retraction_fields[] = {
  WAY_TEXT (WayRetractionBody, target),
  WAY_MAYBE_TEXT (WayRetractionBody, reason),
};

static const WayField erasure_request_fields[] = {
  WAY_TEXT (WayErasureRequestBody, person),
  WAY_TEXT (WayErasureRequestBody, reason),
  WAY_MAYBE_TEXT (WayErasureRequestBody, event),
};

static const WayField erasure_fields[] = {
  WAY_TEXT (WayErasureBody, person),
  WAY_MAYBE_TEXT (WayErasureBody, request),
  WAY_MAYBE_TEXT (WayErasureBody, event),
  WAY_MAYBE_TEXT (WayErasureBody, reason),
};

/* What is asked of people, and what the trust administers in its own stream. */
const WayKind way_kinds_administer[] = {
  WAY_KIND ("assignment", WayAssignmentBody, assignment_fields),
  WAY_KIND ("assignment_end", WayAssignmentEndBody, assignment_end_fields),
  WAY_KIND ("exemption", WayExemptionBody, exemption_fields),
  WAY_KIND ("reminder", WayReminderBody, reminder_fields),
  WAY_KIND ("role_requirement", WayRoleRequirementBody, role_requirement_fields),
  WAY_KIND ("organisation", WayOrganisationBody, organisation_fields),
  WAY_KIND ("place", WayPlaceBody, place_fields),
  WAY_KIND ("person", WayPersonBody, person_fields),
  WAY_KIND ("membership", WayMembershipBody, membership_fields),
  WAY_KIND ("role_grant", WayRoleGrantBody, role_grant_fields),
  WAY_KIND ("setting", WaySettingBody, setting_fields),
  WAY_KIND ("pack_release", WayPackReleaseBody, pack_release_fields),
  WAY_KIND ("item_parameter", WayItemParameterBody, item_parameter_fields),
  WAY_KIND ("local_note", WayLocalNoteBody, local_note_fields),
  WAY_KIND ("access", WayAccessBody, access_fields),
  WAY_KIND ("retraction", WayRetractionBody, retraction_fields),
  WAY_KIND ("erasure_request", WayErasureRequestBody, erasure_request_fields),
  WAY_KIND ("erasure", WayErasureBody, erasure_fields),
};
const guint way_n_kinds_administer = G_N_ELEMENTS (way_kinds_administer);
