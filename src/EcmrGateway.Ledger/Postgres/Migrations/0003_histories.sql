-- The latest facts of many subjects, latest first, each with the number of its subject from 1 on. By index always: a plan
-- that was made for an empty table must not read a large one from end to end.
CREATE FUNCTION ledger.histories(p_subjects bytea[], p_since_ms bigint[], p_limits integer[])
RETURNS TABLE (number bigint, shard integer, idx bigint, received_ms bigint, fact bytea, trace_parent text)
LANGUAGE sql STABLE
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
  SELECT r.number, f.shard, f.idx, f.received_ms, f.fact, f.trace_parent
  FROM unnest(p_subjects, p_since_ms, p_limits) WITH ORDINALITY AS r (subject, since_ms, count, number)
    CROSS JOIN LATERAL (
      SELECT h.shard, h.idx, h.event_ms FROM ledger.subjects h
      WHERE h.subject = r.subject AND h.event_ms >= r.since_ms
      ORDER BY h.event_ms DESC, h.shard DESC, h.idx DESC LIMIT r.count) AS s
    JOIN ledger.facts f ON f.shard = s.shard AND f.idx = s.idx
  ORDER BY r.number, s.event_ms DESC, s.shard DESC, s.idx DESC
$$;

GRANT EXECUTE ON FUNCTION ledger.histories(bytea[], bigint[], integer[]) TO ecmr_gateway;
