import type { Database } from "@mgs/db/client";

/** Writes so many dossiers as an office has them: most closed, due dates about the day of their opening, few words that few have. */
export async function fillDossiers(database: Database, count: number): Promise<void> {
  await database.$executeRaw`
    INSERT INTO dossier_types (id, name_fr, name_en) SELECT 100 + n, 'Type ' || n, 'Type ' || n FROM generate_series(1, 20) n`;
  await database.$executeRaw`
    INSERT INTO dossiers (id, reference, title, type_id, state, priority, concerned_kind, concerned_name, due_on, assignee_id, tags,
      created_at, updated_at, origin_portal, origin_url)
    SELECT n, 'D-2026-' || lpad(n::text, 7, '0'), CASE WHEN n % 5000 = 7 THEN 'Recours gracieux ' ELSE 'Permis de construire ' END || n,
      101 + n % 20,
      CASE WHEN n % 50 = 0 THEN 'nouveau' WHEN n % 50 < 4 THEN 'en_cours' WHEN n % 50 = 5 THEN 'en_attente' WHEN n % 50 = 6 THEN 'rejete'
        WHEN n % 50 < 12 THEN 'valide' ELSE 'cloture' END,
      CASE WHEN n % 100 = 0 THEN 4 WHEN n % 10 = 1 THEN 3 WHEN n % 10 = 2 THEN 1 ELSE 2 END, 'personne', 'Rakoto ' || n % 700,
      CASE WHEN n % 7 <> 0 THEN date '2026-12-30' - (n % 800)::int END, CASE WHEN n % 9 <> 0 THEN 1 + (n / 50) % 200 END,
      CASE WHEN n % 3 = 0 THEN ARRAY['lot ' || n % 90, 'urbanisme'] ELSE '{}' END,
      timestamptz '2026-11-30' - n * interval '1 minute', timestamptz '2026-11-30' - (n * 31 % 400000) * interval '1 minute',
      CASE WHEN n % 3 = 1 THEN 'commercial' END, CASE WHEN n % 3 = 1 THEN 'http://c.test/contrats/' || n / 6 END
    FROM generate_series(1, ${count}::int) n`;
  // Person 7 sees what is theirs: the assignee's rows as the product writes them.
  await database.$executeRaw`
    INSERT INTO dossier_people (dossier_id, user_id, reason)
    SELECT id, assignee_id, 'assignee' FROM dossiers WHERE assignee_id IS NOT NULL`;
  await database.$executeRaw`VACUUM ANALYZE`;
}
