-- Who stands in for an absent person at a session: they see it, and hear of it, as that person does.
CREATE TABLE "seance_substitutes" (
  "seance_id" INTEGER NOT NULL,
  "user_id" INTEGER NOT NULL,
  "for_user_id" INTEGER NOT NULL,
  CONSTRAINT "seance_substitutes_pkey" PRIMARY KEY ("seance_id", "user_id", "for_user_id"),
  CONSTRAINT "seance_substitutes_seance_id_fkey" FOREIGN KEY ("seance_id") REFERENCES "seances"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "seance_substitutes_user_id_seance_id_idx" ON "seance_substitutes" ("user_id", "seance_id");
