import { z } from "zod";
import type { Binding, BindingResult } from "../../hub/binding";
import { parseJson } from "../../protocol/client-message";
import type { ClusterBindingResult } from "../cluster";
import type { RedisContext } from "./context";
import type { Replicas } from "./replicas";
import type { Topics } from "./topics";
import { encodeAnswer, encodeBind, type WireMessage } from "./wire";

/** The topic that every replica listens to: no app and no channel has this name. */
const APP_ID = "";
const TOPIC = "#replicas";

const question = z.object({
  appId: z.string(),
  socketId: z.string(),
  userIds: z.array(z.string()),
  expiresAt: z.number(),
  mutedChannels: z.array(z.string()),
});
const RESULTS: readonly BindingResult[] = ["bound", "full", "absent"];

type Asked = { waiting: Set<string>; resolve(result: ClusterBindingResult): void };

/** Binds sockets of other replicas: each of them is asked, and answers when it has looked. */
export type RemoteBindings = {
  /** Listens from the next session on. */
  start(): void;
  /** @returns `unknown` while Redis is away, or when a replica that lives does not answer in time */
  bind(appId: string, socketId: string, binding: Binding): Promise<ClusterBindingResult>;
  receive(message: Extract<WireMessage, { kind: "bind" | "answer" }>): void;
};

export function createRemoteBindings(context: RedisContext, topics: Topics, replicas: Replicas): RemoteBindings {
  const { timings, origin } = context;
  const asked = new Map<number, Asked>();
  let last = 0;

  async function ask(appId: string, socketId: string, binding: Binding): Promise<ClusterBindingResult> {
    const { session } = context;
    if (session === undefined) return "unknown";
    const names = await replicas.all(session);
    // A process that came back to Redis has its name of before there for a while.
    const others = new Set(names.map((name) => name.slice(0, name.lastIndexOf("."))).filter((name) => name !== origin));
    if (others.size === 0) return "absent";
    last += 1;
    const number = last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end("unknown"), timings.timeoutMs);
      const end = (result: ClusterBindingResult) => {
        clearTimeout(timer);
        asked.delete(number);
        resolve(result);
      };
      asked.set(number, { waiting: others, resolve: end });
      const body = JSON.stringify({ appId, socketId, ...binding });
      session.publish(context.keys.topic(APP_ID, TOPIC), encodeBind(origin, number, body)).catch(reject);
    });
  }

  async function answer(asker: string, number: number, body: string): Promise<void> {
    const { session } = context;
    const parsed = question.safeParse(parseJson(body));
    if (!parsed.success || session === undefined) return;
    const { appId, socketId, ...binding } = parsed.data;
    const result = await context.receiver.bind(appId, socketId, binding);
    // A replica that lost Redis meanwhile may have missed an order: it does not answer, and is asked again.
    if (context.session !== session) return;
    await session.publish(context.keys.topic(APP_ID, TOPIC), encodeAnswer(asker, number, origin, result));
  }

  function answered(number: number, process: string, text: string): void {
    const open = asked.get(number);
    const result = RESULTS.find((one) => one === text);
    if (open === undefined || result === undefined) return;
    open.waiting.delete(process);
    if (result !== "absent" || open.waiting.size === 0) open.resolve(result);
  }

  return {
    start() {
      void topics.listen(APP_ID, TOPIC);
    },
    bind: (appId, socketId, binding) => ask(appId, socketId, binding).catch(() => "unknown"),
    receive(message) {
      if (message.kind === "answer") {
        if (message.origin === origin) answered(message.number, message.process, message.result);
      } else if (message.origin !== origin) {
        answer(message.origin, message.number, message.body).catch(() => undefined);
      }
    },
  };
}
