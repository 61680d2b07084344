import { Connection, createRequest } from "./connection";
import { FIRST_PERSON_ID, PERSON_COUNT } from "./world";

let count = 0;

/** Makes the request of a send in the old stack's contract. `mark` identifies its frame. */
export function createSendRequest(
  token: string,
  person = FIRST_PERSON_ID + (count++ % PERSON_COUNT),
  mark = "",
): Buffer {
  const body = JSON.stringify({
    user_id: person,
    type: "test_commercial",
    titre: `Notification depuis Commercial${mark}`,
    message: "Test de notification inter-applications",
    url: "http://localhost:3001/dashboard",
  });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return createRequest({ method: "POST", path: "/api/notifications/send", headers, body });
}

export async function openConnections(port: number, count: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => Connection.open(port)));
}

/** Sends a request. @throws Error when it was not accepted, since a fast refusal must not count */
export async function sendAccepted(connection: Connection, bytes: Buffer): Promise<void> {
  const { status, body } = await connection.ask(bytes);
  if (status !== 201) throw new Error(`a send was answered ${status}: ${body.slice(0, 300)}`);
}
