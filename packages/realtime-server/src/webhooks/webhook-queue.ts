import type { Logger } from "@mgs/core/logger";
import type { App, WebhookTarget } from "../apps";
import { postWebhook } from "./post-webhook";

/** Times in milliseconds. */
export type WebhookTimes = {
  /** How long the first event of a request waits for further ones. */
  batchMs: number;
  /** Wait after a first failure; doubled after each later one. */
  firstRetryMs: number;
  maxRetryMs: number;
  /** How long an event is tried. */
  expiryMs: number;
};

const MAX_EVENTS_PER_REQUEST = 50;

/** Queued events for one address. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** Memory of an event beside its text. */
const EVENT_OVERHEAD_BYTES = 100;

/** Events, each counted once for every address it was for; since the start. */
export type WebhookCounts = {
  sent: number;
  /** Given up: not delivered within five minutes, or before the process ended. */
  expired: number;
  /** Dropped: the queue was full. */
  overflowed: number;
  /** Requests that failed. */
  failedRequests: number;
};

type Parts = {
  app: App;
  target: WebhookTarget;
  times: WebhookTimes;
  counts: WebhookCounts;
  logger: Logger;
  /** Called when the queue is empty. */
  onIdle: () => void;
};

type QueuedEvent = { json: string; raisedAt: number };

const sizeOf = ({ json }: QueuedEvent): number => json.length + EVENT_OVERHEAD_BYTES;

/** The events for one address of an app. Sends one request at a time and repeats it until it succeeds: the order stays. */
export class WebhookQueue {
  readonly #app: App;
  readonly #target: WebhookTarget;
  readonly #times: WebhookTimes;
  readonly #counts: WebhookCounts;
  readonly #logger: Logger;
  readonly #onIdle: () => void;
  readonly #aborter = new AbortController();
  #waiting: QueuedEvent[] = [];
  #bytes = 0;
  #isOverflowing = false;
  /** Failures since the last success. */
  #failures = 0;
  /** Set by `flush`: events are sent without waiting for further ones. */
  #isStopping = false;
  #isBatching = false;
  #wake: (() => void) | undefined;
  #running: Promise<void> | undefined;

  constructor({ app, target, times, counts, logger, onIdle }: Parts) {
    this.#app = app;
    this.#target = target;
    this.#times = times;
    this.#counts = counts;
    this.#logger = logger.child({ appId: app.id, webhookHost: URL.parse(target.url)?.host });
    this.#onIdle = onIdle;
  }

  /** @param json of an event */
  add(json: string): void {
    const event = { json, raisedAt: performance.now() };
    if (this.#bytes + sizeOf(event) > MAX_WAITING_BYTES) {
      this.#counts.overflowed++;
      if (!this.#isOverflowing)
        this.#logger.warn({ waiting: this.#waiting.length }, "webhook events lost: too many wait");
      this.#isOverflowing = true;
      return;
    }
    this.#waiting.push(event);
    this.#bytes += sizeOf(event);
    if (this.#isBatching && this.#waiting.length >= MAX_EVENTS_PER_REQUEST) this.#wake?.();
    this.#running ??= this.#run();
  }

  /** Sends queued events without delay. Resolves when all are delivered, or given up at `signal`. */
  async flush(signal: AbortSignal): Promise<void> {
    this.#isStopping = true;
    this.#wake?.();
    const abort = (): void => {
      this.#aborter.abort();
      this.#wake?.();
    };
    signal.addEventListener("abort", abort);
    await this.#running;
    signal.removeEventListener("abort", abort);
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#waiting.length < MAX_EVENTS_PER_REQUEST && !this.#isStopping) {
        this.#isBatching = true;
        await this.#wait(this.#times.batchMs);
        this.#isBatching = false;
      }
      this.#dropExpired();
      const batch = this.#waiting.slice(0, MAX_EVENTS_PER_REQUEST);
      if (batch.length > 0) await this.#deliver(batch);
    }
    this.#running = undefined;
    this.#onIdle();
  }

  /** Drops events that expired while an earlier one was tried. */
  #dropExpired(): void {
    const from = performance.now() - this.#times.expiryMs;
    const fresh = this.#waiting.findIndex(({ raisedAt }) => raisedAt > from);
    this.#discard(fresh < 0 ? this.#waiting.length : fresh);
  }

  async #deliver(batch: readonly QueuedEvent[]): Promise<void> {
    const body = `{"time_ms":${Date.now()},"events":[${batch.map(({ json }) => json).join(",")}]}`;
    const expiresAt = (batch.at(-1)?.raisedAt ?? 0) + this.#times.expiryMs;
    for (;;) {
      const problem = await this.#post(body);
      if (problem === undefined) {
        this.#failures = 0;
        this.#isOverflowing = false;
        this.#counts.sent += batch.length;
        this.#removeFirst(batch.length);
        return;
      }
      this.#counts.failedRequests++;
      this.#logger[this.#failures === 0 ? "warn" : "debug"]({ problem }, "webhook not taken, to be repeated");
      if (!this.#aborter.signal.aborted) await this.#wait(this.#nextRetryMs());
      if (performance.now() >= expiresAt || this.#aborter.signal.aborted) {
        this.#discard(this.#aborter.signal.aborted ? this.#waiting.length : batch.length, problem);
        return;
      }
    }
  }

  #post(body: string): Promise<string | undefined> {
    const [key] = this.#app.keys;
    if (key === undefined) return Promise.resolve("the app has no key");
    return postWebhook(this.#target, key, body, this.#aborter.signal);
  }

  /** Exponential, half of it random, so that many processes do not retry at once. */
  #nextRetryMs(): number {
    const { firstRetryMs, maxRetryMs } = this.#times;
    const longest = Math.min(firstRetryMs * 2 ** this.#failures, maxRetryMs);
    this.#failures++;
    return longest / 2 + (Math.random() * longest) / 2;
  }

  #discard(count: number, problem?: string): void {
    if (count === 0) return;
    this.#counts.expired += count;
    this.#logger.warn({ events: count, problem }, "webhook events lost: not taken in time");
    this.#removeFirst(count);
  }

  #removeFirst(count: number): void {
    for (const event of this.#waiting.splice(0, count)) this.#bytes -= sizeOf(event);
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
