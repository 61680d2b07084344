import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { startServer, type TestServer } from "./start-server";

/** A question of the realtime server whether a client may join a channel. */
export type Question = { headers: IncomingHttpHeaders; form: URLSearchParams };
type Reply = { status?: number; body?: unknown; headers?: Record<string, string> };
type Answer = (question: Question) => Reply | Promise<Reply>;
export type BackEnd = { url: string; questions: Question[] };

/** A Laravel back end with the `redis` driver, which says yes unless told otherwise. It ends with the test. */
export async function startBackEnd(answer: Answer = () => ({ body: true })): Promise<BackEnd> {
  const questions: Question[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", async () => {
      const question = { headers: request.headers, form: new URLSearchParams(body) };
      questions.push(question);
      const { status = 200, body: data, headers } = await answer(question);
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(data));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, questions };
}

/** Knows people by their bearer token, such as "7:Rado". */
export const answerMember: Answer = ({ headers }) => {
  const [id = "", name = ""] = (headers.authorization ?? "").replace("Bearer ", "").split(":");
  return { body: { channel_data: { user_id: Number(id), user_info: { name } } } };
};

export const socketIoOf = ({ url }: BackEnd) => ({
  appId: "mgs",
  authorization: { hosts: [url], endpoint: "/broadcasting/auth" },
});

/** A server whose Socket.IO clients are allowed by a back end. */
export function startSocketIo(backEnd: BackEnd, setup: Parameters<typeof startServer>[0] = {}): Promise<TestServer> {
  return startServer({ ...setup, options: { socketIo: socketIoOf(backEnd), ...setup.options } });
}
