-- When who asked was told that an opinion is late; whoever was asked is reminded before (reminded_at).
ALTER TABLE "dossier_opinions" ADD COLUMN "escalated_at" TIMESTAMPTZ(3);

-- What has to be told once: a row leaves the index when it was. So a look for them costs the same beside a million others.
CREATE INDEX "dossiers_to_warn_idx" ON "dossiers" ("due_on", "id")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente') AND "due_on" IS DISTINCT FROM "warned_for";
CREATE INDEX "dossiers_to_escalate_idx" ON "dossiers" ("due_on", "id")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente') AND "due_on" IS DISTINCT FROM "escalated_for";
CREATE INDEX "dossier_opinions_to_remind_idx" ON "dossier_opinions" ("due_on", "id")
  WHERE "answered_at" IS NULL AND "withdrawn_at" IS NULL AND "reminded_at" IS NULL;
CREATE INDEX "dossier_opinions_to_escalate_idx" ON "dossier_opinions" ("due_on", "id")
  WHERE "answered_at" IS NULL AND "withdrawn_at" IS NULL AND "escalated_at" IS NULL;
