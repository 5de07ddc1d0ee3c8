-- The ledger's tables, all in the schema "ledger".
--
-- identity   what all processes must agree on: the log, the shards, and check values of the keys that they share.
-- shards     one row for each: its size, its signed tree head, and what is needed to append to the tree.
--            An append locks the row until it commits, so that the order of positions is the order of commits.
-- entries    what was recorded. Payloads are compressed by nobody and stored apart: compressing them halves the rate.
-- facts      the fact of an entry, apart from it, so that reading facts does not read payloads.
-- subjects   which facts belong to whose history; the key holds kind, pseudonym and kind of entry.
-- ids, requests  what makes an append repeatable; of the whole ledger, whatever the shard. They are written first: a
--            repetition fails on them before a payload is written. Text keys are bytes, which hold any character.
-- batches    one row for each append of a batch: the signed head of the shard's tree after it, and its leaf hashes.
-- nodes      complete subtrees of 2^8, 2^16 and so on leaves: enough to make any proof with few reads.
-- relays, relay_shards  who hands a shard's facts on to the stream, and how far it is.

CREATE TABLE ledger.identity (
  one              boolean PRIMARY KEY DEFAULT true CHECK (one),
  log_id           text NOT NULL,
  shards           integer NOT NULL,
  pseudonym_check  bytea NOT NULL,
  token_check      bytea NOT NULL
);

CREATE TABLE ledger.shards (
  shard       integer PRIMARY KEY,
  size        bigint NOT NULL,
  fact_index  bigint NOT NULL,
  root        bytea NOT NULL,
  time_ms     bigint NOT NULL,
  signature   bytea NOT NULL,
  frontier    bytea NOT NULL
) WITH (fillfactor = 10);

CREATE TABLE ledger.entries (
  shard           integer NOT NULL,
  idx             bigint NOT NULL,
  kind            smallint NOT NULL,
  party           bytea NOT NULL,
  id              bytea NOT NULL,
  version         integer NOT NULL,
  received_ms     bigint NOT NULL,
  content_sha256  bytea NOT NULL,
  salt            bytea NOT NULL,
  payload         bytea NOT NULL,
  PRIMARY KEY (shard, idx)
);
ALTER TABLE ledger.entries ALTER COLUMN payload SET STORAGE EXTERNAL;

CREATE TABLE ledger.facts (
  shard         integer NOT NULL,
  idx           bigint NOT NULL,
  received_ms   bigint NOT NULL,
  trace_parent  text NOT NULL,
  fact          bytea NOT NULL,
  PRIMARY KEY (shard, idx)
);
ALTER TABLE ledger.facts ALTER COLUMN fact SET STORAGE EXTERNAL;

CREATE TABLE ledger.subjects (
  subject   bytea NOT NULL,
  event_ms  bigint NOT NULL,
  shard     integer NOT NULL,
  idx       bigint NOT NULL,
  PRIMARY KEY (subject, event_ms, shard, idx)
);

CREATE TABLE ledger.ids (
  party  bytea NOT NULL,
  kind   smallint NOT NULL,
  id     bytea NOT NULL,
  shard  integer NOT NULL,
  idx    bigint NOT NULL,
  PRIMARY KEY (party, kind, id)
);
CREATE INDEX ids_by_place ON ledger.ids (party, kind, shard, idx);

CREATE TABLE ledger.requests (
  party       bytea NOT NULL,
  request_id  bytea NOT NULL,
  shard       integer NOT NULL,
  idx         bigint NOT NULL,
  PRIMARY KEY (party, request_id)
);

CREATE TABLE ledger.batches (
  shard      integer NOT NULL,
  size       bigint NOT NULL,
  root       bytea NOT NULL,
  time_ms    bigint NOT NULL,
  signature  bytea NOT NULL,
  leaves     bytea NOT NULL,
  PRIMARY KEY (shard, size)
);
ALTER TABLE ledger.batches ALTER COLUMN leaves SET STORAGE EXTERNAL;

CREATE TABLE ledger.nodes (
  shard  integer NOT NULL,
  level  integer NOT NULL,
  idx    bigint NOT NULL,
  hash   bytea NOT NULL,
  PRIMARY KEY (shard, level, idx)
);

CREATE TABLE ledger.relays (
  owner  text PRIMARY KEY,
  until  timestamptz NOT NULL
);

CREATE TABLE ledger.relay_shards (
  shard    integer PRIMARY KEY,
  owner    text,
  until    timestamptz,
  term     bigint NOT NULL DEFAULT 0,
  relayed  bigint NOT NULL DEFAULT -1
) WITH (fillfactor = 10);

-- Appends a batch to a shard: all of it, or nothing when the shard is not of the size that the caller took for granted
-- (moved, with the size and frontier that hold). An id or request id that is there already raises unique_violation.
-- Keys are inserted in their order, so that two batches cannot wait for each other.
CREATE FUNCTION ledger.append(
  p_shard integer, p_size bigint,
  p_kinds smallint[], p_parties bytea[], p_ids bytea[], p_requests bytea[], p_versions integer[], p_received bigint[],
  p_hashes bytea[], p_salts bytea[], p_payloads bytea[],
  p_fact_of integer[], p_facts bytea[], p_traces text[],
  p_subject_of integer[], p_subjects bytea[], p_event_ms bigint[],
  p_fact_index bigint, p_root bytea, p_time_ms bigint, p_signature bytea, p_frontier bytea, p_leaves bytea,
  p_node_levels integer[], p_node_indices bigint[], p_node_hashes bytea[],
  OUT moved boolean, OUT size bigint, OUT fact_index bigint, OUT frontier bytea)
LANGUAGE plpgsql
AS $$
DECLARE
  v_size bigint := p_size + cardinality(p_kinds);
BEGIN
  SELECT s.size, s.fact_index, s.frontier INTO size, fact_index, frontier
    FROM ledger.shards s WHERE s.shard = p_shard FOR UPDATE;
  moved := size IS DISTINCT FROM p_size;
  IF moved THEN
    RETURN;
  END IF;

  INSERT INTO ledger.ids (party, kind, id, shard, idx)
    SELECT d.party, d.kind, d.id, p_shard, p_size + d.ordinal - 1
    FROM unnest(p_parties, p_kinds, p_ids) WITH ORDINALITY AS d (party, kind, id, ordinal)
    ORDER BY d.party, d.kind, d.id;
  INSERT INTO ledger.requests (party, request_id, shard, idx)
    SELECT d.party, d.request, p_shard, p_size + d.ordinal - 1
    FROM unnest(p_parties, p_requests) WITH ORDINALITY AS d (party, request, ordinal)
    WHERE d.request IS NOT NULL
    ORDER BY d.party, d.request;
  INSERT INTO ledger.entries (shard, idx, kind, party, id, version, received_ms, content_sha256, salt, payload)
    SELECT p_shard, p_size + d.ordinal - 1, d.kind, d.party, d.id, d.version, d.received, d.hash, d.salt, d.payload
    FROM unnest(p_kinds, p_parties, p_ids, p_versions, p_received, p_hashes, p_salts, p_payloads)
      WITH ORDINALITY AS d (kind, party, id, version, received, hash, salt, payload, ordinal);
  INSERT INTO ledger.facts (shard, idx, received_ms, trace_parent, fact)
    SELECT p_shard, p_size + d.entry, p_received[d.entry + 1], d.trace, d.fact
    FROM unnest(p_fact_of, p_facts, p_traces) AS d (entry, fact, trace);
  INSERT INTO ledger.subjects (subject, event_ms, shard, idx)
    SELECT d.subject, d.event_ms, p_shard, p_size + d.entry
    FROM unnest(p_subject_of, p_subjects, p_event_ms) AS d (entry, subject, event_ms);
  INSERT INTO ledger.batches (shard, size, root, time_ms, signature, leaves)
    VALUES (p_shard, v_size, p_root, p_time_ms, p_signature, p_leaves);
  INSERT INTO ledger.nodes (shard, level, idx, hash)
    SELECT p_shard, d.level, d.idx, d.hash
    FROM unnest(p_node_levels, p_node_indices, p_node_hashes) AS d (level, idx, hash);
  UPDATE ledger.shards s
    SET size = v_size, fact_index = p_fact_index, root = p_root, time_ms = p_time_ms, signature = p_signature,
        frontier = p_frontier
    WHERE s.shard = p_shard;
  size := v_size;
END
$$;

-- What is known already of some ids and request ids. By index always: a plan that was made for an empty table must not
-- read a large one from end to end.
CREATE FUNCTION ledger.find(p_kinds smallint[], p_parties bytea[], p_ids bytea[], p_requests bytea[])
RETURNS TABLE (ordinal bigint, shard integer, idx bigint, content_sha256 bytea, requested boolean)
LANGUAGE sql STABLE
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
  SELECT d.ordinal, i.shard, i.idx, e.content_sha256, r.request_id IS NOT NULL
  FROM unnest(p_kinds, p_parties, p_ids, p_requests) WITH ORDINALITY AS d (kind, party, id, request, ordinal)
    LEFT JOIN ledger.ids i ON i.party = d.party AND i.kind = d.kind AND i.id = d.id
    LEFT JOIN ledger.entries e ON e.shard = i.shard AND e.idx = i.idx
    LEFT JOIN ledger.requests r ON r.party = d.party AND r.request_id = d.request
$$;

-- Renews a relay's leases and takes free shards, up to its fair share among the relays that live; gives up what is above
-- it. The rows are locked in their order, so that relays do this one after the other.
CREATE FUNCTION ledger.hold(p_owner text, p_duration interval)
RETURNS TABLE (shard integer, term bigint, relayed bigint)
LANGUAGE plpgsql
AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_fair bigint;
BEGIN
  PERFORM 1 FROM ledger.relay_shards s ORDER BY s.shard FOR UPDATE;
  INSERT INTO ledger.relays AS r (owner, until) VALUES (p_owner, v_now + p_duration)
    ON CONFLICT (owner) DO UPDATE SET until = EXCLUDED.until;
  DELETE FROM ledger.relays r WHERE r.until <= v_now;
  UPDATE ledger.relay_shards s SET owner = NULL, until = NULL WHERE s.until <= v_now;
  SELECT ceil((SELECT count(*) FROM ledger.relay_shards)::numeric / count(*)) INTO v_fair FROM ledger.relays;

  UPDATE ledger.relay_shards s SET owner = NULL, until = NULL
    WHERE s.shard IN (
      SELECT o.shard FROM ledger.relay_shards o WHERE o.owner = p_owner ORDER BY o.shard OFFSET v_fair);
  UPDATE ledger.relay_shards s SET until = v_now + p_duration WHERE s.owner = p_owner;
  UPDATE ledger.relay_shards s SET owner = p_owner, until = v_now + p_duration, term = s.term + 1
    WHERE s.shard IN (
      SELECT f.shard FROM ledger.relay_shards f WHERE f.owner IS NULL ORDER BY f.shard
      LIMIT v_fair - (SELECT count(*) FROM ledger.relay_shards o WHERE o.owner = p_owner));
  RETURN QUERY SELECT s.shard, s.term, s.relayed FROM ledger.relay_shards s WHERE s.owner = p_owner ORDER BY s.shard;
END
$$;

-- The role of every running gateway: it can add to the ledger, and change or delete nothing that was recorded.
GRANT USAGE ON SCHEMA ledger TO ecmr_gateway;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO ecmr_gateway;
GRANT INSERT ON ledger.entries, ledger.facts, ledger.subjects, ledger.ids, ledger.requests, ledger.batches,
  ledger.nodes, ledger.identity, ledger.shards, ledger.relays, ledger.relay_shards TO ecmr_gateway;
GRANT UPDATE ON ledger.shards, ledger.relays, ledger.relay_shards TO ecmr_gateway;
GRANT DELETE ON ledger.relays TO ecmr_gateway;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger TO ecmr_gateway;
