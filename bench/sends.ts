import { Connection, request } from "./connection";
import { FIRST_PERSON, PEOPLE } from "./world";

let count = 0;

/** The send of the old stack's contract; `mark` finds its frame again. */
export function send(token: string, person = FIRST_PERSON + (count++ % PEOPLE), mark = ""): Buffer {
  const body = JSON.stringify({
    user_id: person,
    type: "test_commercial",
    titre: `Notification depuis Commercial${mark}`,
    message: "Test de notification inter-applications",
    url: "http://localhost:3001/dashboard",
  });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return request({ method: "POST", path: "/api/notifications/send", headers, body });
}

export async function connections(port: number, count: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => Connection.open(port)));
}

/** @throws Error when it was not accepted: a refusal is fast and must not be counted */
export async function accepted(connection: Connection, bytes: Buffer): Promise<void> {
  const { status, body } = await connection.ask(bytes);
  if (status !== 201) throw new Error(`a send was answered ${status}: ${body.slice(0, 300)}`);
}
