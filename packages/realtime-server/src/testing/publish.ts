import type Pusher from "pusher";
import { APP, type TestServer } from "./start-server";

/** Signs and sends a request of the HTTP API as given; `path` is below the app, with a query of its own or without. */
export async function request(
  { port, publisher }: TestServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  const [pathname = "", search] = path.split("?");
  const full = `/apps/${APP.id}${pathname}`;
  const params = Object.fromEntries(new URLSearchParams(search));
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const query = publisher.createSignedQueryString({ method, path: full, params, ...sent });
  return fetch(`http://127.0.0.1:${port}${full}?${query}`, { method, ...sent });
}

/** Publishes one event as it is given, so that its data stays the text it was. */
export function publish(server: TestServer, event: Record<string, unknown>): Promise<Response> {
  return request(server, "POST", "/events", event);
}

/** Binds a socket to users, by the real server library. @returns what the server answered */
export async function postBindings(publisher: Pusher, socketId: string, body: unknown): Promise<unknown> {
  // The library makes JSON of it, whatever its types say.
  const response = await publisher.post({ path: `/sockets/${socketId}/bindings`, body: body as string });
  return response.json();
}
