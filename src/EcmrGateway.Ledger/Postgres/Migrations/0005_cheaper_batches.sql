-- Appends cost less again: what is written in small pieces is written in fewer of them, and in the order of its key.
--
-- subject_facts  takes the place of subjects. Its columns are of fixed width, which the index compares at once, and it
--                holds only histories that somebody reads: a carrier's notes and a trailer's are in the facts.
-- party_batches  takes the place of the index of ids by place: which entries of a batch are of a party and a kind, as
--                offsets from the first of the batch. One row for each party and kind of a batch, not for each entry.
--
-- A program of the release before, which runs until it is replaced, goes on: its two functions hand over to the new
-- ones. Its calls that are on their way would still write to subjects; they may not any more, fail as a whole, and are
-- sent again. It lists a party's entries without the index, slowly where they are many. The next migration drops
-- subjects and the two functions.

CREATE TABLE ledger.subject_facts (
  subject       uuid NOT NULL,
  event_ms      bigint NOT NULL,
  idx           bigint NOT NULL,
  shard         integer NOT NULL,
  subject_kind  smallint NOT NULL,
  entry_kind    smallint NOT NULL
);

CREATE TABLE ledger.party_batches (
  party    bytea NOT NULL,
  kind     smallint NOT NULL,
  shard    integer NOT NULL,
  size     bigint NOT NULL,
  first    bigint NOT NULL,
  offsets  int4multirange NOT NULL,
  PRIMARY KEY (party, kind, shard, size)
);

-- Nobody appends until this commits.
LOCK TABLE ledger.shards IN EXCLUSIVE MODE;
REVOKE INSERT ON ledger.subjects FROM ecmr_gateway;

INSERT INTO ledger.subject_facts (subject, subject_kind, entry_kind, event_ms, shard, idx)
  SELECT encode(substring(s.subject FROM 2 FOR 16), 'hex')::uuid, k.subject_kind, k.entry_kind, s.event_ms, s.shard,
    s.idx
  FROM ledger.subjects s
    CROSS JOIN LATERAL (SELECT get_byte(s.subject, 0)::smallint, get_byte(s.subject, 17)::smallint)
      AS k (subject_kind, entry_kind)
  WHERE k.subject_kind <> 3 AND NOT (k.subject_kind = 1 AND k.entry_kind = 1)
  ORDER BY s.shard, s.idx;
CREATE INDEX subject_facts_by_time ON ledger.subject_facts (subject, subject_kind, entry_kind, event_ms);

INSERT INTO ledger.party_batches (party, kind, shard, size, first, offsets)
  SELECT i.party, i.kind, i.shard, max(i.idx) + 1, min(i.idx) / 256 * 256,
    range_agg(int4range((i.idx % 256)::integer, (i.idx % 256)::integer + 1))
  FROM ledger.ids i
  GROUP BY i.party, i.kind, i.shard, i.idx / 256;
DROP INDEX ledger.ids_by_place;

-- As before, but: p_by_id and p_by_request are places in the batch, from 1 on, in the order of these keys, so that two
-- batches cannot wait for each other; p_listed is a place of each party and kind, p_offsets its entries. Subjects come
-- in their order too, which is the order of the index.
CREATE FUNCTION ledger.append(
  p_shard integer, p_size bigint,
  p_kinds smallint[], p_parties bytea[], p_ids bytea[], p_requests bytea[], p_versions integer[], p_received bigint[],
  p_hashes bytea[], p_salts bytea[], p_payloads bytea[],
  p_by_id integer[], p_by_request integer[], p_listed integer[], p_offsets text[],
  p_fact_of integer[], p_facts bytea[], p_traces text[],
  p_subject_of integer[], p_subjects uuid[], p_subject_kinds smallint[], p_event_ms bigint[],
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
    SELECT p_parties[d.place], p_kinds[d.place], p_ids[d.place], p_shard, p_size + d.place - 1
    FROM unnest(p_by_id) AS d (place);
  INSERT INTO ledger.requests (party, request_id, shard, idx)
    SELECT p_parties[d.place], p_requests[d.place], p_shard, p_size + d.place - 1
    FROM unnest(p_by_request) AS d (place);
  INSERT INTO ledger.party_batches (party, kind, shard, size, first, offsets)
    SELECT p_parties[d.place], p_kinds[d.place], p_shard, v_size, p_size, d.offsets::int4multirange
    FROM unnest(p_listed, p_offsets) AS d (place, offsets);
  INSERT INTO ledger.entries (shard, idx, kind, party, id, version, received_ms, content_sha256, salt, payload)
    SELECT p_shard, p_size + d.place - 1, d.kind, d.party, d.id, d.version, d.received, d.hash, d.salt, d.payload
    FROM unnest(p_kinds, p_parties, p_ids, p_versions, p_received, p_hashes, p_salts, p_payloads)
      WITH ORDINALITY AS d (kind, party, id, version, received, hash, salt, payload, place);
  INSERT INTO ledger.facts (shard, idx, received_ms, trace_parent, fact)
    SELECT p_shard, p_size + d.place - 1, p_received[d.place], d.trace, d.fact
    FROM unnest(p_fact_of, p_facts, p_traces) AS d (place, fact, trace);
  INSERT INTO ledger.subject_facts (subject, subject_kind, entry_kind, event_ms, shard, idx)
    SELECT d.subject, d.kind, p_kinds[d.place], d.event_ms, p_shard, p_size + d.place - 1
    FROM unnest(p_subject_of, p_subjects, p_subject_kinds, p_event_ms) AS d (place, subject, kind, event_ms);
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

-- A party's entries of a kind after an index of each shard: by shard and index, the first p_limit of them. A batch is
-- sorted by itself and the next one is not read when there are enough: sorting all of a party's would read all of them.
-- What is switched off counts as very dear, for which the server would compile the plan, and take 100 ms for that.
CREATE FUNCTION ledger.listed(p_party bytea, p_kind smallint, p_after bigint[], p_limit integer)
RETURNS TABLE (shard integer, idx bigint)
LANGUAGE sql STABLE
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
AS $$
  SELECT l.shard, l.idx
  FROM unnest(p_after) WITH ORDINALITY AS m (after, number)
    CROSS JOIN LATERAL (
      SELECT b.shard, b.size, b.first + o.offset AS idx
      FROM ledger.party_batches b
        CROSS JOIN LATERAL unnest(b.offsets) AS r (run)
        CROSS JOIN LATERAL generate_series(lower(r.run), upper(r.run) - 1) AS o ("offset")
      WHERE b.party = p_party AND b.kind = p_kind AND b.shard = m.number - 1 AND b.size > m.after + 1
        AND b.first + o.offset > m.after
      ORDER BY b.size, idx LIMIT p_limit) AS l
  ORDER BY l.shard, l.idx LIMIT p_limit
$$;

-- As before, with a subject in columns.
CREATE FUNCTION ledger.histories(
  p_subjects uuid[], p_subject_kinds smallint[], p_entry_kinds smallint[], p_since_ms bigint[], p_limits integer[])
RETURNS TABLE (number bigint, shard integer, idx bigint, received_ms bigint, fact bytea, trace_parent text)
LANGUAGE sql STABLE
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
  SELECT r.number, f.shard, f.idx, f.received_ms, f.fact, f.trace_parent
  FROM unnest(p_subjects, p_subject_kinds, p_entry_kinds, p_since_ms, p_limits)
      WITH ORDINALITY AS r (subject, subject_kind, entry_kind, since_ms, count, number)
    CROSS JOIN LATERAL (
      SELECT h.shard, h.idx, h.event_ms FROM ledger.subject_facts h
      WHERE h.subject = r.subject AND h.subject_kind = r.subject_kind AND h.entry_kind = r.entry_kind
        AND h.event_ms >= r.since_ms
      ORDER BY h.event_ms DESC, h.shard DESC, h.idx DESC LIMIT r.count) AS s
    JOIN ledger.facts f ON f.shard = s.shard AND f.idx = s.idx
  ORDER BY r.number, s.event_ms DESC, s.shard DESC, s.idx DESC
$$;

-- Of the release before.
CREATE OR REPLACE FUNCTION ledger.append(
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
  v_by_id integer[] := ARRAY(
    SELECT d.place FROM unnest(p_parties, p_kinds, p_ids) WITH ORDINALITY AS d (party, kind, id, place)
    ORDER BY d.party, d.kind, d.id);
  v_by_request integer[] := ARRAY(
    SELECT d.place FROM unnest(p_parties, p_requests) WITH ORDINALITY AS d (party, request, place)
    WHERE d.request IS NOT NULL ORDER BY d.party, d.request);
  v_listed integer[];
  v_offsets text[];
  v_subject_of integer[];
  v_subjects uuid[];
  v_subject_kinds smallint[];
  v_event_ms bigint[];
BEGIN
  SELECT array_agg(l.place), array_agg(l.offsets) INTO v_listed, v_offsets
    FROM (
      SELECT min(d.place), range_agg(int4range(d.place::integer - 1, d.place::integer))::text
      FROM unnest(p_parties, p_kinds) WITH ORDINALITY AS d (party, kind, place)
      GROUP BY d.party, d.kind) AS l (place, offsets);
  SELECT array_agg(s.place), array_agg(s.subject), array_agg(s.kind), array_agg(s.event_ms)
    INTO v_subject_of, v_subjects, v_subject_kinds, v_event_ms
    FROM (
      SELECT d.entry + 1, encode(substring(d.subject FROM 2 FOR 16), 'hex')::uuid, get_byte(d.subject, 0)::smallint,
        d.event_ms
      FROM unnest(p_subject_of, p_subjects, p_event_ms) AS d (entry, subject, event_ms)
      ORDER BY 2) AS s (place, subject, kind, event_ms);
  SELECT a.moved, a.size, a.fact_index, a.frontier INTO moved, size, fact_index, frontier
    FROM ledger.append(
      p_shard, p_size, p_kinds, p_parties, p_ids, p_requests, p_versions, p_received, p_hashes, p_salts, p_payloads,
      v_by_id, v_by_request, v_listed, v_offsets,
      ARRAY(SELECT d.entry + 1 FROM unnest(p_fact_of) WITH ORDINALITY AS d (entry, number) ORDER BY d.number),
      p_facts, p_traces, v_subject_of, v_subjects, v_subject_kinds, v_event_ms,
      p_fact_index, p_root, p_time_ms, p_signature, p_frontier, p_leaves, p_node_levels, p_node_indices, p_node_hashes)
      AS a;
END
$$;

CREATE OR REPLACE FUNCTION ledger.histories(p_subjects bytea[], p_since_ms bigint[], p_limits integer[])
RETURNS TABLE (number bigint, shard integer, idx bigint, received_ms bigint, fact bytea, trace_parent text)
LANGUAGE sql STABLE
AS $$
  SELECT h.* FROM ledger.histories(
    ARRAY(SELECT encode(substring(s FROM 2 FOR 16), 'hex')::uuid FROM unnest(p_subjects) AS s),
    ARRAY(SELECT get_byte(s, 0)::smallint FROM unnest(p_subjects) AS s),
    ARRAY(SELECT get_byte(s, 17)::smallint FROM unnest(p_subjects) AS s), p_since_ms, p_limits) AS h
$$;

GRANT SELECT, INSERT ON ledger.subject_facts, ledger.party_batches TO ecmr_gateway;
GRANT SELECT ON ledger.subject_facts TO ecmr_fact_reader;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger TO ecmr_gateway;
GRANT EXECUTE ON FUNCTION ledger.histories(uuid[], smallint[], smallint[], bigint[], integer[]) TO ecmr_fact_reader;
