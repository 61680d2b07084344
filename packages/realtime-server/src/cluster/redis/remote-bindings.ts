import { z } from "zod";
import type { Binding, BindingResult } from "../../hub/binding";
import { parseJson } from "../../protocol/client-message";
import type { ClusterBindingResult } from "../cluster";
import type { RedisContext } from "./context";
import type { Replicas } from "./replicas";
import type { Topics } from "./topics";
import { encodeAnswer, encodeBind, type WireMessage } from "./wire";

/** Every replica listens to this topic; no app and no channel can have its name. */
const APP_ID = "";
const TOPIC = "#replicas";

const bindingQuestion = z.object({
  appId: z.string(),
  socketId: z.string(),
  userIds: z.array(z.string()),
  expiresAt: z.number(),
  mutedChannels: z.array(z.string()),
});
const RESULTS: readonly BindingResult[] = ["bound", "full", "absent"];

type PendingQuestion = { waitsFor: Set<string>; resolve(result: ClusterBindingResult): void };

/** Binds sockets of other replicas: asks each of them, and waits for the answer of each. */
export type RemoteBindings = {
  /** Subscribes to the questions of other replicas, from the next connection to Redis on. */
  start(): void;
  /** @returns `unknown` while Redis is away, or when a live replica does not answer in time */
  bindSocket(appId: string, socketId: string, binding: Binding): Promise<ClusterBindingResult>;
  receive(message: Extract<WireMessage, { kind: "bind" | "answer" }>): void;
};

export function createRemoteBindings(context: RedisContext, topics: Topics, replicas: Replicas): RemoteBindings {
  const { timings, processId } = context;
  const pendingQuestions = new Map<number, PendingQuestion>();
  let last = 0;

  async function askReplicas(appId: string, socketId: string, binding: Binding): Promise<ClusterBindingResult> {
    const { redis } = context;
    if (redis === undefined) return "unknown";
    const names = await replicas.listReplicas(redis);
    // A process that came back to Redis is listed under its earlier name too, for a while.
    const others = new Set(
      names.map((name) => name.slice(0, name.lastIndexOf("."))).filter((name) => name !== processId),
    );
    if (others.size === 0) return "absent";
    last += 1;
    const number = last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end("unknown"), timings.timeoutMs);
      const end = (result: ClusterBindingResult) => {
        clearTimeout(timer);
        pendingQuestions.delete(number);
        resolve(result);
      };
      pendingQuestions.set(number, { waitsFor: others, resolve: end });
      const body = JSON.stringify({ appId, socketId, ...binding });
      redis.publish(context.keys.topic(APP_ID, TOPIC), encodeBind(processId, number, body)).catch(reject);
    });
  }

  async function answer(askerId: string, number: number, body: string): Promise<void> {
    const { redis } = context;
    const parsed = bindingQuestion.safeParse(parseJson(body));
    if (!parsed.success || redis === undefined) return;
    const { appId, socketId, ...binding } = parsed.data;
    const result = await context.receiver.bindSocket(appId, socketId, binding);
    // This replica may have missed an order to close the socket if it lost Redis meanwhile: it does not answer, and is asked again.
    if (context.redis !== redis) return;
    await redis.publish(context.keys.topic(APP_ID, TOPIC), encodeAnswer(processId, askerId, number, result));
  }

  function recordAnswer(number: number, responderId: string, text: string): void {
    const open = pendingQuestions.get(number);
    const result = RESULTS.find((one) => one === text);
    if (open === undefined || result === undefined) return;
    open.waitsFor.delete(responderId);
    if (result !== "absent" || open.waitsFor.size === 0) open.resolve(result);
  }

  return {
    start() {
      void topics.listen(APP_ID, TOPIC);
    },
    bindSocket: (appId, socketId, binding) => askReplicas(appId, socketId, binding).catch(() => "unknown"),
    receive(message) {
      if (message.kind === "answer") {
        if (message.askerId === processId) recordAnswer(message.number, message.processId, message.result);
      } else if (message.processId !== processId) {
        answer(message.processId, message.number, message.body).catch(() => undefined);
      }
    },
  };
}
