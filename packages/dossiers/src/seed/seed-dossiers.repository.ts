import type { Database, Prisma, Transaction } from "@mgs/db/client";

/** Rows of a demonstration. Dossiers and sessions have their ids, counted from 1. */
export type DossierSeed = {
  types: Prisma.DossierTypeCreateManyInput[];
  numbers: Prisma.DossierNumberCreateManyInput[];
  dossiers: Prisma.DossierCreateManyInput[];
  people: Prisma.DossierPersonCreateManyInput[];
  pieces: Prisma.DossierPieceCreateManyInput[];
  opinions: Prisma.DossierOpinionCreateManyInput[];
  decisions: Prisma.DossierDecisionCreateManyInput[];
  seances: Prisma.SeanceCreateManyInput[];
  participants: Prisma.SeanceParticipantCreateManyInput[];
};

/** Tells whether somebody works here already: a demonstration is never mixed with real dossiers or sessions. */
export async function hasDossierRows(database: Database | Transaction): Promise<boolean> {
  const rows = await database.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT FROM dossiers) OR EXISTS (SELECT FROM seances) AS any`;
  return rows[0]?.any ?? false;
}

/** The id of the next type of dossiers: a new installation has some already. */
export async function nextTypeId(database: Database | Transaction): Promise<number> {
  const { _max } = await database.dossierType.aggregate({ _max: { id: true } });
  return (_max.id ?? 0) + 1;
}

/** Writes a demonstration into empty tables; the next rows get the ids behind it. */
export async function insertDossierSeed(tx: Transaction, seed: DossierSeed): Promise<void> {
  await tx.dossierType.createMany({ data: seed.types });
  await tx.dossierNumber.createMany({ data: seed.numbers });
  await tx.dossier.createMany({ data: seed.dossiers });
  await tx.dossierPerson.createMany({ data: seed.people, skipDuplicates: true });
  await tx.dossierPiece.createMany({ data: seed.pieces });
  await tx.dossierOpinion.createMany({ data: seed.opinions });
  await tx.dossierDecision.createMany({ data: seed.decisions });
  await tx.seance.createMany({ data: seed.seances });
  await tx.seanceParticipant.createMany({ data: seed.participants, skipDuplicates: true });
  await tx.$executeRaw`SELECT setval(pg_get_serial_sequence('dossier_types', 'id'), (SELECT max(id) FROM dossier_types))`;
  await tx.$executeRaw`SELECT setval(pg_get_serial_sequence('dossiers', 'id'), (SELECT max(id) FROM dossiers))`;
  await tx.$executeRaw`SELECT setval(pg_get_serial_sequence('seances', 'id'), (SELECT max(id) FROM seances))`;
}

/**
 * Copies dossiers: those with the numbers `first` to `last` look like the first `from`, on other days, and have people and decisions.
 * @param tx that of the whole work: {@link finishCopies} ends it
 */
export async function multiplyDossiers(
  tx: Transaction,
  { from, first, last }: { from: number; first: number; last: number },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO dossiers (id, reference, title, description, type_id, state, priority, concerned_kind, concerned_name,
      concerned_contact, due_on, assignee_id, tags, custom, created_by, created_at, updated_at, state_since, state_reason,
      warned_for, escalated_for)
    SELECT n, 'D-' || to_char(d.created_at - days, 'YYYY') || '-' || lpad((100000 + n)::text, 7, '0'), d.title || ' ' || n,
      d.description, d.type_id, d.state, d.priority, d.concerned_kind, d.concerned_name, d.concerned_contact,
      d.due_on - days, d.assignee_id, d.tags, d.custom, d.created_by, d.created_at - days, d.updated_at - days,
      d.state_since - days, d.state_reason, d.due_on - days, d.due_on - days
    FROM generate_series(${first}::int, ${last}::int) n
    JOIN dossiers d ON d.id = 1 + n % ${from}::int, make_interval(days => n % 900) days`;
  await tx.$executeRaw`
    INSERT INTO dossier_people (dossier_id, user_id, reason)
    SELECT id, created_by, 'creator' FROM dossiers WHERE id BETWEEN ${first} AND ${last} AND created_by IS NOT NULL
    UNION ALL SELECT id, created_by, 'follower' FROM dossiers WHERE id BETWEEN ${first} AND ${last} AND created_by IS NOT NULL
    UNION ALL SELECT id, assignee_id, 'assignee' FROM dossiers WHERE id BETWEEN ${first} AND ${last} AND assignee_id IS NOT NULL`;
  await tx.$executeRaw`
    INSERT INTO dossier_decisions (id, dossier_id, outcome, reason, decided_by, decided_at)
    SELECT gen_random_uuid(), id, CASE WHEN state = 'rejete' THEN 'rejete' ELSE 'valide' END, '', assignee_id, state_since
    FROM dossiers WHERE id BETWEEN ${first} AND ${last} AND state IN ('valide', 'rejete', 'cloture')`;
}

/** Lets dossiers that people open go on after the numbers of the copies. */
export async function finishCopies(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO dossier_numbers (year, last)
    SELECT split_part(reference, '-', 2)::int, max(split_part(reference, '-', 3)::int) FROM dossiers GROUP BY 1
    ON CONFLICT (year) DO UPDATE SET last = greatest(dossier_numbers.last, excluded.last)`;
  await tx.$executeRaw`SELECT setval(pg_get_serial_sequence('dossiers', 'id'), (SELECT max(id) FROM dossiers))`;
}

/** The highest number of a dossier; 0 where there is none. */
export async function lastDossierId(database: Database): Promise<number> {
  const rows = await database.$queryRaw<{ last: number | null }[]>`SELECT max(id)::int AS last FROM dossiers`;
  return rows[0]?.last ?? 0;
}
