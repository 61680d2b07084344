DROP INDEX "seances_deleted_at_idx";
DROP INDEX "seances_created_by_idx";
DELETE FROM "dossier_types" t WHERE t."version" = 1 AND t."name_fr" IN ('Demande générale', 'Autorisation', 'Réclamation')
  AND NOT EXISTS (SELECT FROM "dossiers" d WHERE d."type_id" = t."id");
