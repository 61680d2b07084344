// Floor of a revocation: one plain node:http process. A POST is one prepared commit that ends a sign-in, one HTTP call that has the
// other process (`floors/revoke-push.ts`) tell its socket, and the answer. A GET is one look-up of the row. No page, no permission, no
// tokens, no audit trail, no outbox.
import { Agent, request as call, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "pg";
import { reportReady } from "../children";

const END = "UPDATE user_sessions SET ended_at = now(), end_reason = 'deactivated' WHERE id = $1 AND ended_at IS NULL";
const FIND = "SELECT FROM user_sessions WHERE id = $1 AND ended_at IS NULL";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
const agent = new Agent({ keepAlive: true });
const pushPort = Number(process.env.PUSH_PORT);

async function answer(method: string, id: string): Promise<number> {
  if (method === "GET") {
    const { rowCount } = await pool.query({ name: "find", text: FIND, values: [id] });
    return rowCount === 0 ? 401 : 200;
  }
  await pool.query({ name: "end", text: END, values: [id] });
  call({ agent, port: pushPort, host: "127.0.0.1", method: "POST", path: `/${id}` }, (response) =>
    response.resume(),
  ).end();
  return 200;
}

const server = createServer((request, response) => {
  request.resume();
  answer(request.method ?? "", (request.url ?? "").slice(1)).then(
    (status) => response.writeHead(status, { "content-length": 0 }).end(),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => reportReady((server.address() as AddressInfo).port));
