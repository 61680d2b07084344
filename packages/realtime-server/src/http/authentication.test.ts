import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sign } from "../auth/hmac";
import { RawClient } from "../testing/raw-client";
import { APP, startServer } from "../testing/start-server";

const BODY = JSON.stringify({ name: "created", channel: "a", data: "{}" });
const now = (): number => Math.floor(Date.now() / 1000);
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

type Forgery = {
  app?: string;
  method?: string;
  params?: Record<string, string | undefined>;
  secret?: string;
  signature?: string | null;
  signedPath?: string;
  sentBody?: string;
};

async function post(port: number, forgery: Forgery = {}): Promise<Response> {
  const path = `/apps/${forgery.app ?? APP.id}/events`;
  const given: Record<string, string | undefined> = {
    auth_key: APP.key,
    auth_timestamp: String(now()),
    auth_version: "1.0",
    body_md5: md5(BODY),
    ...forgery.params,
  };
  const params = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const text = params
    .map(([name, value]) => [name.toLowerCase(), value])
    .sort()
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const signature = sign(forgery.secret ?? APP.secret, ["POST", forgery.signedPath ?? path, text].join("\n"));
  const query = new URLSearchParams(params);
  if (forgery.signature !== null) query.set("auth_signature", forgery.signature ?? signature);
  return fetch(`http://127.0.0.1:${port}${path}?${query}`, {
    method: forgery.method ?? "POST",
    body: forgery.sentBody ?? BODY,
  });
}

describe("request authentication", () => {
  const table: [string, Forgery, number][] = [
    ["a right request", {}, 200],
    ["parameter names in capitals", { params: { auth_key: undefined, AUTH_KEY: APP.key } }, 200],
    ["a parameter of one's own", { params: { extra: "é & more" } }, 200],
    ["a clock 590 s late", { params: { auth_timestamp: String(now() - 590) } }, 200],
    ["a clock 610 s late", { params: { auth_timestamp: String(now() - 610) } }, 401],
    ["a clock 610 s early", { params: { auth_timestamp: String(now() + 610) } }, 401],
    ["no timestamp", { params: { auth_timestamp: undefined } }, 401],
    ["a timestamp that is no number", { params: { auth_timestamp: "NaN" } }, 401],
    ["no key", { params: { auth_key: undefined } }, 401],
    ["another key", { params: { auth_key: "nobody" } }, 401],
    ["no version", { params: { auth_version: undefined } }, 401],
    ["another version", { params: { auth_version: "2.0" } }, 401],
    ["no body_md5", { params: { body_md5: undefined } }, 401],
    ["another body's md5", { params: { body_md5: md5("{}") } }, 401],
    ["a body changed on its way", { sentBody: BODY.replace("created", "deleted") }, 401],
    ["an md5 that is none", { params: { body_md5: "é" } }, 401],
    ["no signature", { signature: null }, 401],
    ["an empty signature", { signature: "" }, 401],
    ["a signature of the right length", { signature: "0".repeat(64) }, 401],
    ["another secret", { secret: "wrong" }, 401],
    ["another path's signature", { signedPath: "/apps/mgs/batch_events" }, 401],
    ["another app", { app: "other" }, 404],
    ["another method", { method: "PUT" }, 405],
  ];

  it.each(table)("%s", async (_case, forgery, status) => {
    const { port, publisher } = await startServer();
    const client = await RawClient.connect(port);
    await client.join("a");
    const response = await post(port, forgery);
    expect(response.status).toBe(status);
    const body = await response.text();
    expect(body).not.toContain(APP.secret);
    if (status === 405) expect(response.headers.get("allow")).toBe("POST");
    await publisher.trigger("a", "last", {});
    await client.next("last");
    const events = client.received.map((message) => message.event).filter((event) => event === "created");
    expect(events).toHaveLength(status === 200 ? 1 : 0);
  });

  it("a key of one app does not open another, and a second key of an app does", async () => {
    const { port } = await startServer({
      settings: {
        keys: [
          { key: "new", secret: "s2" },
          { key: APP.key, secret: APP.secret },
        ],
      },
    });
    expect((await post(port)).status).toBe(200);
    expect((await post(port, { params: { auth_key: "new" }, secret: "s2" })).status).toBe(200);
    expect((await post(port, { params: { auth_key: "new" } })).status).toBe(401);
  });

  it("a disabled app is 403", async () => {
    const { port } = await startServer({ settings: { enabled: false } });
    expect((await post(port)).status).toBe(403);
  });
});
