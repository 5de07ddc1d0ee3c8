-- The role of processes that answer no caller, relay and scoring: it reads facts and relays them. It cannot read an
-- entry, an id or a request id, nor the check values of the keys, and adds nothing that is recorded. A migration makes
-- the role before this; its own rows are those of relays.

GRANT USAGE ON SCHEMA ledger TO ecmr_fact_reader;
GRANT SELECT ON ledger.facts, ledger.subjects TO ecmr_fact_reader;
GRANT SELECT (log_id, shards) ON ledger.identity TO ecmr_fact_reader;
GRANT SELECT (shard, size, fact_index, root, time_ms, signature) ON ledger.shards TO ecmr_fact_reader;
GRANT SELECT, INSERT, UPDATE (until), DELETE ON ledger.relays TO ecmr_fact_reader;
GRANT SELECT, UPDATE (owner, until, term, relayed) ON ledger.relay_shards TO ecmr_fact_reader;

-- Everybody may call a function unless told otherwise; ecmr_gateway was given all of them by name.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.histories(bytea[], bigint[], integer[]), ledger.hold(text, interval)
  TO ecmr_fact_reader;
