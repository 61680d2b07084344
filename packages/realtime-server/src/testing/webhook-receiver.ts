import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import Pusher from "pusher";
import { onTestFinished } from "vitest";
import { z } from "zod";
import type { WebhookEvent } from "../webhooks/webhooks";
import { APP } from "./start-server";

export type ReceivedWebhook = { headers: IncomingHttpHeaders; rawBody: string; path: string; events: WebhookEvent[] };

export type WebhookReceiver = {
  readonly url: string;
  /** All requests in their order, with any answer. */
  readonly requests: readonly ReceivedWebhook[];
  /** The events of successful requests, in their order. */
  readonly taken: readonly WebhookEvent[];
  /** Resolves when so many requests have come. */
  came(count: number): Promise<void>;
  /** Resolves when so many events were taken. */
  took(count: number): Promise<readonly WebhookEvent[]>;
};

type Answer = number | { status: number; headers: Record<string, string> } | "never";

const bodySchema = z.object({
  time_ms: z.number(),
  events: z.array(z.custom<WebhookEvent>((event) => typeof event === "object")),
});

/**
 * An address for webhooks that ends with the test. Checks requests with the real server library.
 * @param answer status of a request, by its number from 0; 200 unless it says otherwise
 */
export async function startWebhookReceiver(
  answer: (index: number) => Answer | Promise<Answer> = () => 200,
): Promise<WebhookReceiver> {
  const library = new Pusher({ appId: APP.id, key: APP.key, secret: APP.secret, cluster: "" });
  const requests: ReceivedWebhook[] = [];
  const taken: WebhookEvent[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    let rawBody = "";
    for await (const chunk of request) rawBody += String(chunk);
    const { headers, url: path = "" } = request;
    const webhook = library.webhook({ headers: headers as Record<string, string>, rawBody });
    const { events, time_ms } = bodySchema.parse(JSON.parse(rawBody));
    const isGenuine = webhook.isValid() && webhook.getTime().getTime() === time_ms;
    const index = requests.push({ headers, rawBody, path, events }) - 1;
    for (const check of waiting) check();
    const said = isGenuine ? await answer(index) : 401;
    if (said === "never") return;
    const { status, headers: more } = typeof said === "number" ? { status: said, headers: {} } : said;
    if (status >= 200 && status < 300) taken.push(...events);
    response.writeHead(status, more).end("thanks");
    for (const check of waiting) check();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });

  const until = (isDone: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!isDone()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    requests,
    taken,
    came: (count) => until(() => requests.length >= count),
    took: async (count) => {
      await until(() => taken.length >= count);
      return taken;
    },
  };
}
