// Floor of an accepted send: one plain node:http process and one PostgreSQL commit of the rows that a send writes.
// No token, no validation, no limit, no queue. With REDIS_URL, one BullMQ job a commit goes to `floors/push.ts`.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { Pool } from "pg";
import { reportReady } from "../children";

const SQL = `WITH i AS (
    INSERT INTO inboxes (user_id, seq, unread_count) VALUES ($2, 1, 1)
    ON CONFLICT (user_id) DO UPDATE SET seq = inboxes.seq + 1, unread_count = inboxes.unread_count + 1
    RETURNING seq
  ), n AS (
    INSERT INTO notifications (id, user_id, seq, type, titre, message, url, source)
    SELECT $1, $2, i.seq, $3, $4, $5, $6, 'commercial' FROM i RETURNING id
  )
  INSERT INTO outbox (id, queue, kind, payload, notification_id, channel)
  SELECT $7::uuid, 'emails', 'notification.email', '{}'::jsonb, n.id, 'email' FROM n
  UNION ALL SELECT $8::uuid, 'broadcasts', 'notification.broadcast', '{}'::jsonb, n.id, 'broadcast' FROM n`;

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
const queue = process.env.REDIS_URL
  ? new Queue("floor", { connection: new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null }) as never })
  : null;

type Body = { user_id: number; type: string; titre: string; message: string; url: string };

async function accept(text: string): Promise<string> {
  const id = randomUUID();
  const body: Body = JSON.parse(text);
  const { user_id, type, titre, message, url } = body;
  await pool.query({
    name: "accept",
    text: SQL,
    values: [id, user_id, type, titre, message, url, randomUUID(), randomUUID()],
  });
  await queue?.add("push", { id, ...body }, { removeOnComplete: true });
  return JSON.stringify({ id });
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    accept(Buffer.concat(chunks).toString()).then(
      (answer) => {
        response.writeHead(201, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) });
        response.end(answer);
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
});
server.listen(0, "127.0.0.1", () => reportReady((server.address() as AddressInfo).port));
