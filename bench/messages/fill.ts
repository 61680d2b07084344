import type { Pool } from "pg";

/** Whose messages are looked up, and the colleague who has written a tenth of what they read. */
export const READER_ID = 1;
export const COLLEAGUE = "Hery Rakoto";
/** The conversations of the reader, with as many messages whatever the others have. */
export const OWN_CONVERSATIONS = 1_000;
const OWN_LENGTH = 20;
const OTHER_LENGTH = 200;
const PERSON_COUNT = 2_000;
/** Words that messages are made of, besides those that are looked for. */
const WORDS =
  "dossier,client,devis,facture,chantier,livraison,contrat,note,appel,visite,plan,permis,terrain,relance,paiement,rendez-vous,adresse,mairie,notaire,avenant,budget,planning,stock,camion,route,pluie,semaine,matin,accord,signature".split(
    ",",
  );

/** One message in three has the common word, one in fifty the one with an accent, one in five hundred the rare one. */
const CONTENT = `concat_ws(' ', CASE WHEN n % 3 = 0 THEN 'Bonjour,' END, ($1::text[])[1 + (n * 7) % cardinality($1::text[])],
  ($1::text[])[1 + (n * 13 + n / 30) % cardinality($1::text[])], ($1::text[])[1 + (n / 7) % cardinality($1::text[])],
  CASE WHEN n % 50 = 1 THEN 'la réunion' END, CASE WHEN n % 500 = 2 THEN 'vanille' END)`;

/**
 * Inserts a person's 20,000 messages in 1,000 conversations, the half of them unread, and as many of others as are missing to `rowCount`. They are of the same
 * time, and so are their words.
 */
export async function fillMessages(pool: Pool, rowCount: number): Promise<void> {
  await addPeople(pool);
  const others = Math.max(1, Math.floor((rowCount - OWN_CONVERSATIONS * OWN_LENGTH) / OTHER_LENGTH));
  await withoutWordIndex(pool, async () => {
    await addConversations(pool, { first: 1, count: OWN_CONVERSATIONS, length: OWN_LENGTH });
    await addConversations(pool, { first: OWN_CONVERSATIONS + 1, count: others, length: OTHER_LENGTH });
  });
}

/** Inserts one conversation of the reader with so many messages; they have read half of it. */
export async function fillConversation(pool: Pool, rowCount: number): Promise<void> {
  await addPeople(pool);
  await withoutWordIndex(pool, () => addConversations(pool, { first: 1, count: 1, length: rowCount }));
}

async function addPeople(pool: Pool): Promise<void> {
  await pool.query(
    `INSERT INTO users (id, email, name, password_hash, role)
     SELECT n, 'ecrit' || n || '@mgs.mg', CASE WHEN n = 2 THEN $2 ELSE 'Personne ' || n END, '-', 'direction' FROM generate_series(1, $1::int) n`,
    [PERSON_COUNT, COLLEAGUE],
  );
}

type Conversations = { first: number; count: number; length: number };

async function addConversations(pool: Pool, { first, count, length }: Conversations): Promise<void> {
  const last = first + count - 1;
  await pool.query(
    `INSERT INTO conversations (id, name, created_by, last_place, last_at)
     SELECT c, 'Chantier ' || c, 2, $3, now() - c * interval '1 second' FROM generate_series($1::int, $2::int) c`,
    [first, last, length],
  );
  await pool.query(
    `INSERT INTO change_heads (stream, key, seq) SELECT 'messages', c::text, $3 FROM generate_series($1::int, $2::int) c`,
    [first, last, length],
  );
  // The reader and two others, of whom one is the colleague in one of ten.
  await pool.query(
    `INSERT INTO conversation_members (conversation_id, user_id, read_place)
     SELECT c, CASE WHEN c > $4 THEN 100 + c % 1000 WHEN o = 0 THEN $5 ELSE 0 END + o * (CASE WHEN c % 10 = 0 THEN 1 ELSE 2 END) + CASE WHEN c <= $4 AND o > 0 THEN 1 ELSE 0 END,
       $3::bigint / 2
     FROM generate_series($1::int, $2::int) c, generate_series(0, 2) o`,
    [first, last, length, OWN_CONVERSATIONS, READER_ID],
  );
  await pool.query(
    `INSERT INTO messages (id, conversation_id, author_id, content, place, seq, created_at)
     SELECT gen_random_uuid(), c, m.user_id, ${CONTENT}, p, p, now() - ($4::int - p) * (interval '30 days' / $4::int) - c % 1000 * interval '1 second'
     FROM (SELECT c, p, (c - 1)::bigint * $4::int + p AS n FROM generate_series($2::int, $3::int) c, generate_series(1, $4::int) p) one
     CROSS JOIN LATERAL (SELECT user_id FROM conversation_members WHERE conversation_id = c AND user_id <> $5
       ORDER BY user_id OFFSET (n / 3) % 2 LIMIT 1) m`,
    [WORDS, first, last, length, READER_ID],
  );
}

/** The index of words is made at the end, which takes a third of the time. */
async function withoutWordIndex(pool: Pool, fill: () => Promise<void>): Promise<void> {
  const { rows } = await pool.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = 'messages' AND indexdef LIKE '%gin%'`,
  );
  for (const { name } of rows) await pool.query(`DROP INDEX "${name}"`);
  await fill();
  for (const { definition } of rows) await pool.query(definition);
}
