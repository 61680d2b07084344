-- A new installation can open dossiers at once; administrators change these types, or archive them.
INSERT INTO "dossier_types" ("name_fr", "name_en", "fields", "pieces", "due_working_days")
SELECT * FROM (VALUES
  ('Demande générale', 'General request', '[]'::jsonb, '[]'::jsonb, 10),
  ('Autorisation', 'Authorization',
    '[{"key": "adresse", "label": {"fr": "Adresse concernée", "en": "Address concerned"}, "kind": "text", "required": false},
      {"key": "surface", "label": {"fr": "Surface (m²)", "en": "Area (m²)"}, "kind": "number", "required": false}]'::jsonb,
    '[{"name": "Pièce d’identité", "required": true}, {"name": "Plan", "required": true},
      {"name": "Justificatif de propriété", "required": false}]'::jsonb, 20),
  ('Réclamation', 'Complaint',
    '[{"key": "canal", "label": {"fr": "Reçue par", "en": "Received by"}, "kind": "choice", "required": true,
       "choices": ["Courrier", "Téléphone", "E-mail", "Guichet"]},
      {"key": "faits_le", "label": {"fr": "Date des faits", "en": "Date of the facts"}, "kind": "date", "required": false}]'::jsonb,
    '[{"name": "Copie de la facture ou du contrat", "required": false}]'::jsonb, 5)
) AS first ("name_fr", "name_en", "fields", "pieces", "due_working_days")
WHERE NOT EXISTS (SELECT FROM "dossier_types");

-- Who made a session sees it; what was cancelled is purged after 30 days.
CREATE INDEX "seances_created_by_idx" ON "seances" ("created_by");
CREATE INDEX "seances_deleted_at_idx" ON "seances" ("deleted_at") WHERE "deleted_at" IS NOT NULL;
