-- Whose each function is, and who may call it: people hello, push and pull, and nothing else.
ALTER FUNCTION api.who () OWNER TO waymark_folder;
ALTER FUNCTION my_scopes () OWNER TO waymark_folder;
ALTER FUNCTION units_below (text) OWNER TO waymark_folder;
ALTER FUNCTION members_below (text) OWNER TO waymark_folder;
ALTER FUNCTION may_hold_news (text, text, text, pg_snapshot) OWNER TO waymark_folder;
ALTER FUNCTION fold_events (text[]) OWNER TO waymark_folder;
ALTER FUNCTION bump_scopes (text[]) OWNER TO waymark_folder;
ALTER FUNCTION may_write (text, text, text, text, json) OWNER TO waymark_folder;
ALTER FUNCTION has_local_role (text, text, text, text) OWNER TO waymark_folder;
ALTER FUNCTION api.hello_v1 (text, text) OWNER TO waymark_api;
ALTER FUNCTION api.push_v1 (text, text, bigint, bigint, bytea[], bytea[], bytea[], bytea[],
                            bigint[], bigint[], bytea[], bytea[], bytea[], bytea[], bytea[],
                            bigint[], bigint[]) OWNER TO waymark_api;
ALTER FUNCTION api.pull_v1 (text, text, text) OWNER TO waymark_reader;

GRANT SELECT ON kind_shape, touch TO waymark_api, waymark_courier;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA api FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_scopes (), is_uuid (text) TO waymark_api, waymark_reader;
GRANT EXECUTE ON FUNCTION units_below (text), members_below (text),
  may_hold_news (text, text, text, pg_snapshot) TO waymark_reader;
GRANT EXECUTE ON FUNCTION fold_events (text[]), bump_scopes (text[]),
  may_write (text, text, text, text, json) TO waymark_api;
GRANT EXECUTE ON FUNCTION as_text (bytea), is_uuid (text), is_name (text), json_fault (json, integer),
  number_fits (text, integer),
  field_fault (text, json), chain_text (text),
  chain_of (text, text, bigint, text, text, text, text, bigint, bigint, text),
  event_fault (text, bigint, text, text, text, text, bigint, bigint, text, text, text, text, text,
               text),
  object_fault (json),
  refers_of (text, json), stream_is_taken_from (text, text), epoch_for (text, bigint),
  was_acked (text, text),
  put_in_quarantine (text, bigint, text, text, text, text, bigint, text, bytea),
  take_all (text, text, text, bigint, bigint, bigint, text, bigint, bigint, bigint, bytea[],
            bytea[], bytea[], bytea[], bigint[], bigint[], bytea[], bytea[], bytea[], bytea[],
            bytea[], bigint[], bigint[]),
  take_events (text, text, text, bigint, bigint, bytea[], bytea[], bytea[], bytea[], bigint[],
               bigint[], bytea[], bytea[], bytea[], bytea[], bytea[], bigint[], bigint[]),
  push_for (text, text, text, text, bigint, bigint, bytea[], bytea[], bytea[], bytea[], bigint[],
            bigint[], bytea[], bytea[], bytea[], bytea[], bytea[], bigint[], bigint[])
  TO waymark_api;
GRANT EXECUTE ON FUNCTION newest_epoch (), place_of_epoch (text)
  TO waymark_api, waymark_reader;

GRANT EXECUTE ON FUNCTION api.who (), api.hello_v1 (text, text), api.pull_v1 (text, text, text),
  api.push_v1 (text, text, bigint, bigint, bytea[], bytea[], bytea[], bytea[], bigint[], bigint[],
               bytea[], bytea[], bytea[], bytea[], bytea[], bigint[], bigint[])
  TO waymark_user;

GRANT EXECUTE ON FUNCTION api.tick () TO waymark_tick;
