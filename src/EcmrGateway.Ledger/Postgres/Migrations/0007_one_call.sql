-- A batch is appended by one call whatever its shards: one transaction and one flush for all of them, and keys in their
-- order over the whole batch. A call for each shard, in one transaction, could wait for the ids of another that waits
-- for its own.
--
-- The first vehicle of a note, and its consignor, are in the row of its fact, as most notes have no others: a history is
-- read from its index and the facts alone, and two rows less are written for a note. The facts of before stay in
-- subject_facts, where all other subjects are; a history is of both.

-- Nobody appends until this commits.
LOCK TABLE ledger.shards IN EXCLUSIVE MODE;

ALTER TABLE ledger.facts ADD COLUMN vehicle uuid;
ALTER TABLE ledger.facts ADD COLUMN vehicle_ms bigint;
ALTER TABLE ledger.facts ADD COLUMN consignor uuid;
CREATE INDEX facts_by_vehicle ON ledger.facts (vehicle, vehicle_ms) WHERE vehicle IS NOT NULL;
CREATE INDEX facts_by_consignor ON ledger.facts (consignor, received_ms) WHERE consignor IS NOT NULL;

-- Appends a batch: all of it, or nothing and false when one of the shards is not of the size that the caller took for
-- granted. An id or request id that is there already raises unique_violation.
-- Shards come in their order and are locked in it. Entries come with their shard and index; p_by_id and p_by_request
-- are places among them, from 1 on, in the order of these keys; p_listed is a place of each shard, party and kind,
-- p_list_shards the place of that shard, p_offsets which of its entries, as offsets from the first. Subjects come in the
-- order of the index.
CREATE FUNCTION ledger.append_batch(
  p_shards integer[], p_sizes bigint[], p_new_sizes bigint[], p_fact_indices bigint[], p_roots bytea[],
  p_times_ms bigint[], p_signatures bytea[], p_frontiers bytea[], p_leaves bytea[],
  p_entry_shards integer[], p_indices bigint[], p_kinds smallint[], p_parties bytea[], p_ids bytea[],
  p_requests bytea[], p_versions integer[], p_received bigint[], p_hashes bytea[], p_salts bytea[], p_payloads bytea[],
  p_by_id integer[], p_by_request integer[], p_listed integer[], p_list_shards integer[], p_offsets text[],
  p_fact_of integer[], p_facts bytea[], p_traces text[],
  p_vehicles uuid[], p_vehicle_ms bigint[], p_consignors uuid[],
  p_subject_of integer[], p_subjects uuid[], p_subject_kinds smallint[], p_event_ms bigint[],
  p_node_shards integer[], p_node_levels integer[], p_node_indices bigint[], p_node_hashes bytea[])
RETURNS boolean
LANGUAGE plpgsql
AS $$
DECLARE
  v_sizes bigint[];
BEGIN
  SELECT array_agg(l.size ORDER BY l.shard) INTO v_sizes
    FROM (
      SELECT s.shard, s.size FROM ledger.shards s WHERE s.shard = ANY (p_shards) ORDER BY s.shard FOR UPDATE) AS l;
  IF v_sizes IS DISTINCT FROM p_sizes THEN
    RETURN false;
  END IF;

  -- An array is gone through in the list of a SELECT; in FROM it would be laid down as a table first.
  INSERT INTO ledger.ids (party, kind, id, shard, idx)
    SELECT p_parties[d.place], p_kinds[d.place], p_ids[d.place], p_entry_shards[d.place], p_indices[d.place]
    FROM (SELECT unnest(p_by_id) AS place) AS d;
  INSERT INTO ledger.requests (party, request_id, shard, idx)
    SELECT p_parties[d.place], p_requests[d.place], p_entry_shards[d.place], p_indices[d.place]
    FROM (SELECT unnest(p_by_request) AS place) AS d;
  INSERT INTO ledger.party_batches (party, kind, shard, size, first, offsets)
    SELECT p_parties[d.place], p_kinds[d.place], p_shards[d.shard], p_new_sizes[d.shard], p_sizes[d.shard],
      d.offsets::int4multirange
    FROM unnest(p_listed, p_list_shards, p_offsets) AS d (place, shard, offsets);
  INSERT INTO ledger.entries (shard, idx, kind, party, id, version, received_ms, content_sha256, salt, payload)
    SELECT unnest(p_entry_shards), unnest(p_indices), unnest(p_kinds), unnest(p_parties), unnest(p_ids),
      unnest(p_versions), unnest(p_received), unnest(p_hashes), unnest(p_salts), unnest(p_payloads);
  INSERT INTO ledger.facts (shard, idx, received_ms, trace_parent, fact, vehicle, vehicle_ms, consignor)
    SELECT p_entry_shards[d.place], p_indices[d.place], p_received[d.place], d.trace, d.fact, d.vehicle, d.vehicle_ms,
      d.consignor
    FROM (
      SELECT unnest(p_fact_of) AS place, unnest(p_traces) AS trace, unnest(p_facts) AS fact,
        unnest(p_vehicles) AS vehicle, unnest(p_vehicle_ms) AS vehicle_ms, unnest(p_consignors) AS consignor) AS d;
  INSERT INTO ledger.subject_facts (subject, subject_kind, entry_kind, event_ms, shard, idx)
    SELECT d.subject, d.kind, p_kinds[d.place], d.event_ms, p_entry_shards[d.place], p_indices[d.place]
    FROM (
      SELECT unnest(p_subject_of) AS place, unnest(p_subjects) AS subject, unnest(p_subject_kinds) AS kind,
        unnest(p_event_ms) AS event_ms) AS d;
  INSERT INTO ledger.batches (shard, size, root, time_ms, signature, leaves)
    SELECT * FROM unnest(p_shards, p_new_sizes, p_roots, p_times_ms, p_signatures, p_leaves);
  INSERT INTO ledger.nodes (shard, level, idx, hash)
    SELECT * FROM unnest(p_node_shards, p_node_levels, p_node_indices, p_node_hashes);
  UPDATE ledger.shards s
    SET size = d.size, fact_index = d.fact_index, root = d.root, time_ms = d.time_ms, signature = d.signature,
        frontier = d.frontier
    FROM unnest(p_shards, p_new_sizes, p_fact_indices, p_roots, p_times_ms, p_signatures, p_frontiers)
      AS d (shard, size, fact_index, root, time_ms, signature, frontier)
    WHERE s.shard = d.shard;
  RETURN true;
END
$$;

-- As before, of the subjects in facts and of all others. A kind is 2 for a vehicle and 4 for a consignor, an entry's is
-- 1 for a note.
CREATE OR REPLACE FUNCTION ledger.histories(
  p_subjects uuid[], p_subject_kinds smallint[], p_entry_kinds smallint[], p_since_ms bigint[], p_limits integer[])
RETURNS TABLE (number bigint, shard integer, idx bigint, received_ms bigint, fact bytea, trace_parent text)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT r.number, s.shard, s.idx, s.received_ms, s.fact, s.trace_parent
  FROM unnest(p_subjects, p_subject_kinds, p_entry_kinds, p_since_ms, p_limits)
      WITH ORDINALITY AS r (subject, subject_kind, entry_kind, since_ms, count, number)
    CROSS JOIN LATERAL (
      SELECT a.event_ms, a.shard, a.idx, a.received_ms, a.fact, a.trace_parent
      FROM (
        (SELECT v.vehicle_ms AS event_ms, v.shard, v.idx, v.received_ms, v.fact, v.trace_parent
          FROM ledger.facts v
          WHERE r.subject_kind = 2 AND r.entry_kind = 1 AND v.vehicle = r.subject AND v.vehicle_ms >= r.since_ms
          ORDER BY v.vehicle_ms DESC, v.shard DESC, v.idx DESC LIMIT r.count)
        UNION ALL
        (SELECT c.received_ms, c.shard, c.idx, c.received_ms, c.fact, c.trace_parent
          FROM ledger.facts c
          WHERE r.subject_kind = 4 AND r.entry_kind = 1 AND c.consignor = r.subject AND c.received_ms >= r.since_ms
          ORDER BY c.received_ms DESC, c.shard DESC, c.idx DESC LIMIT r.count)
        UNION ALL
        (SELECT o.event_ms, f.shard, f.idx, f.received_ms, f.fact, f.trace_parent
          FROM (
            SELECT h.event_ms, h.shard, h.idx FROM ledger.subject_facts h
            WHERE h.subject = r.subject AND h.subject_kind = r.subject_kind AND h.entry_kind = r.entry_kind
              AND h.event_ms >= r.since_ms
            ORDER BY h.event_ms DESC, h.shard DESC, h.idx DESC LIMIT r.count) AS o
            JOIN ledger.facts f ON f.shard = o.shard AND f.idx = o.idx)) AS a
      ORDER BY a.event_ms DESC, a.shard DESC, a.idx DESC LIMIT r.count) AS s
  ORDER BY r.number, s.event_ms DESC, s.shard DESC, s.idx DESC;
END
$$;

REVOKE EXECUTE ON FUNCTION ledger.append_batch FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.append_batch TO ecmr_gateway;
