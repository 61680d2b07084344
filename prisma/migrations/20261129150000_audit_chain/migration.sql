-- The audit trail is append-only, and a chain of hashes shows a row that was removed, changed or put in (decision record 60).

-- One row for each row of the trail, in the order in which the worker has chained them. `hash` is SHA-256 over the event and the
-- hash before it.
CREATE TABLE "audit_chain" (
  "seq" BIGINT NOT NULL,
  "event_id" UUID NOT NULL,
  "hash" BYTEA NOT NULL,
  CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("seq")
);
CREATE UNIQUE INDEX "audit_chain_event_id_key" ON "audit_chain"("event_id");

-- Rows of the trail that wait to be chained. The trigger below fills it, the worker empties it.
CREATE TABLE "audit_unchained" (
  "event_id" UUID NOT NULL,
  CONSTRAINT "audit_unchained_pkey" PRIMARY KEY ("event_id")
);

-- One row for each removal of an old stretch: the last row that was removed, and its hash, with which the chain goes on.
CREATE TABLE "audit_anchors" (
  "through_seq" BIGINT NOT NULL,
  "hash" BYTEA NOT NULL,
  "removed" INTEGER NOT NULL,
  "removed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "audit_anchors_pkey" PRIMARY KEY ("through_seq")
);

-- The page of the trail reads newest first, by the id, which begins with the time.
CREATE INDEX "audit_events_actor_id_idx" ON "audit_events"("actor", "id");
CREATE INDEX "audit_events_user_id_id_idx" ON "audit_events"("user_id", "id");
CREATE INDEX "audit_events_ip_id_idx" ON "audit_events"("ip", "id");
CREATE INDEX "audit_events_group_id" ON "audit_events"(split_part("action", '.', 1), "id");
DROP INDEX "audit_events_at_idx";

CREATE FUNCTION "audit_refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

-- An empty table may be truncated, since a restore does so before it fills it.
CREATE FUNCTION "audit_refuse_truncate"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  has_rows boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO has_rows;
  IF has_rows THEN
    RAISE EXCEPTION 'the audit trail is append-only: TRUNCATE on % is refused', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION "audit_note_unchained"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "audit_unchained" ("event_id") SELECT "id" FROM "added";
  RETURN NULL;
END
$$;

-- Rows may go when an anchor covers them and they are older than a year: nobody shortens that by a setting.
CREATE FUNCTION "audit_check_removed_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM "removed" r LEFT JOIN "audit_chain" c ON c."event_id" = r."id"
    WHERE c."seq" IS NULL OR r."at" > now() - interval '1 year'
       OR c."seq" > (SELECT coalesce(max("through_seq"), 0) FROM "audit_anchors")
  ) THEN
    RAISE EXCEPTION 'the audit trail is append-only: DELETE on % is refused', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;

-- The chain loses only its oldest rows, up to one whose hash an anchor has kept, and only after their events.
CREATE FUNCTION "audit_check_removed_chain"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "removed") AND (
    EXISTS (SELECT 1 FROM "removed" r JOIN "audit_events" e ON e."id" = r."event_id")
    OR NOT EXISTS (
      SELECT 1 FROM "removed" r JOIN "audit_anchors" a ON a."through_seq" = r."seq" AND a."hash" = r."hash"
      WHERE r."seq" = (SELECT max("seq") FROM "removed")
    )
    OR EXISTS (SELECT 1 FROM "audit_chain" WHERE "seq" < (SELECT max("seq") FROM "removed"))
  ) THEN
    RAISE EXCEPTION 'the audit trail is append-only: DELETE on % is refused', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "audit_events_noted" AFTER INSERT ON "audit_events"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "audit_note_unchained"();
CREATE TRIGGER "audit_events_unchanged" BEFORE UPDATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuse_change"();
CREATE TRIGGER "audit_events_kept" AFTER DELETE ON "audit_events"
  REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "audit_check_removed_events"();
CREATE TRIGGER "audit_events_not_emptied" BEFORE TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuse_truncate"();

CREATE TRIGGER "audit_chain_unchanged" BEFORE UPDATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuse_change"();
CREATE TRIGGER "audit_chain_kept" AFTER DELETE ON "audit_chain"
  REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "audit_check_removed_chain"();
CREATE TRIGGER "audit_chain_not_emptied" BEFORE TRUNCATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuse_truncate"();

CREATE TRIGGER "audit_anchors_unchanged" BEFORE UPDATE OR DELETE ON "audit_anchors"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuse_change"();
CREATE TRIGGER "audit_anchors_not_emptied" BEFORE TRUNCATE ON "audit_anchors"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuse_truncate"();

-- Removes the oldest stretch of rows that are all older than `cutoff`, `most` rows at most, and keeps an anchor. It runs with its
-- owner's rights, so that the role of the processes needs no right to delete.
CREATE FUNCTION "audit_remove_before"("cutoff" timestamptz, "most" integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last_seq bigint;
  removed integer;
BEGIN
  -- The lock of the chain's writer: one removal at a time, and none while rows are chained.
  PERFORM pg_advisory_xact_lock(hashtext('mgs.audit-chain'));
  SELECT max(s."seq") INTO last_seq FROM (
    SELECT c."seq", bool_and(e."at" < least(cutoff, now() - interval '1 year')) OVER (ORDER BY c."seq") AS "old"
    FROM (SELECT "seq", "event_id" FROM "audit_chain" ORDER BY "seq" LIMIT most) c
    JOIN "audit_events" e ON e."id" = c."event_id"
  ) s WHERE s."old";
  IF last_seq IS NULL THEN
    RETURN 0;
  END IF;
  SELECT count(*) INTO removed FROM "audit_chain" WHERE "seq" <= last_seq;
  INSERT INTO "audit_anchors" ("through_seq", "hash", "removed")
    SELECT "seq", "hash", removed FROM "audit_chain" WHERE "seq" = last_seq;
  DELETE FROM "audit_events" e USING "audit_chain" c WHERE c."event_id" = e."id" AND c."seq" <= last_seq;
  DELETE FROM "audit_chain" WHERE "seq" <= last_seq;
  RETURN removed;
END
$$;

INSERT INTO "audit_unchained" ("event_id") SELECT "id" FROM "audit_events";
