import type { Logger } from "@mgs/core/logger";
import type { App, WebhookTarget } from "../apps";
import { postWebhook } from "./post-webhook";

/** Times in milliseconds. */
export type WebhookTimes = {
  /** How long the first event of a request waits for others. */
  batchMs: number;
  /** Wait after a first failure; doubled after each later one. */
  firstRetryMs: number;
  longestRetryMs: number;
  /** How long an event is tried. */
  expiryMs: number;
};

const MAX_EVENTS_PER_REQUEST = 50;

/** Of the events that wait for one address. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** What an event takes in memory beside its text. */
const BYTES_AROUND_EVENT = 100;

/** Events, each counted once for every address it was for; since the start. */
export type WebhookCounts = {
  sent: number;
  /** Given up: not taken for five minutes, or not before the process ended. */
  expired: number;
  /** Not kept: too much was waiting. */
  overflowed: number;
  /** Requests that were not taken. */
  failedRequests: number;
};

type Parts = {
  app: App;
  target: WebhookTarget;
  times: WebhookTimes;
  counts: WebhookCounts;
  logger: Logger;
  /** Hears when nothing is left. */
  onIdle: () => void;
};

type Waiting = { json: string; raisedAt: number };

const sizeOf = ({ json }: Waiting): number => json.length + BYTES_AROUND_EVENT;

/** What waits for one address of an app. One request at a time, repeated until it is taken: the order stays. */
export class WebhookQueue {
  readonly #app: App;
  readonly #target: WebhookTarget;
  readonly #times: WebhookTimes;
  readonly #counts: WebhookCounts;
  readonly #logger: Logger;
  readonly #onIdle: () => void;
  readonly #giveUp = new AbortController();
  #waiting: Waiting[] = [];
  #bytes = 0;
  #isOverflowing = false;
  /** Failures since something was taken. */
  #failures = 0;
  /** Set when the end is near: nothing waits for company any more. */
  #isHurried = false;
  #isGathering = false;
  #wake: (() => void) | undefined;
  #work: Promise<void> | undefined;

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
    if (this.#isGathering && this.#waiting.length >= MAX_EVENTS_PER_REQUEST) this.#wake?.();
    this.#work ??= this.#run();
  }

  /** Sends what waits without delay. Resolves when all is taken, or given up at `signal`. */
  async finish(signal: AbortSignal): Promise<void> {
    this.#isHurried = true;
    this.#wake?.();
    const abort = (): void => {
      this.#giveUp.abort();
      this.#wake?.();
    };
    signal.addEventListener("abort", abort);
    await this.#work;
    signal.removeEventListener("abort", abort);
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#waiting.length < MAX_EVENTS_PER_REQUEST && !this.#isHurried) {
        this.#isGathering = true;
        await this.#pause(this.#times.batchMs);
        this.#isGathering = false;
      }
      this.#dropExpired();
      const batch = this.#waiting.slice(0, MAX_EVENTS_PER_REQUEST);
      if (batch.length > 0) await this.#deliver(batch);
    }
    this.#work = undefined;
    this.#onIdle();
  }

  /** What got old while something before it was tried: its address did not answer all that time. */
  #dropExpired(): void {
    const from = performance.now() - this.#times.expiryMs;
    const fresh = this.#waiting.findIndex(({ raisedAt }) => raisedAt > from);
    this.#lose(fresh < 0 ? this.#waiting.length : fresh);
  }

  async #deliver(batch: readonly Waiting[]): Promise<void> {
    const body = `{"time_ms":${Date.now()},"events":[${batch.map(({ json }) => json).join(",")}]}`;
    const expiresAt = (batch.at(-1)?.raisedAt ?? 0) + this.#times.expiryMs;
    for (;;) {
      const problem = await this.#post(body);
      if (problem === undefined) {
        this.#failures = 0;
        this.#isOverflowing = false;
        this.#counts.sent += batch.length;
        this.#forget(batch.length);
        return;
      }
      this.#counts.failedRequests++;
      this.#logger[this.#failures === 0 ? "warn" : "debug"]({ problem }, "webhook not taken, to be repeated");
      if (!this.#giveUp.signal.aborted) await this.#pause(this.#nextRetryMs());
      if (performance.now() >= expiresAt || this.#giveUp.signal.aborted) {
        this.#lose(this.#giveUp.signal.aborted ? this.#waiting.length : batch.length, problem);
        return;
      }
    }
  }

  #post(body: string): Promise<string | undefined> {
    const [key] = this.#app.keys;
    if (key === undefined) return Promise.resolve("the app has no key");
    return postWebhook(this.#target, key, body, this.#giveUp.signal);
  }

  /** Exponential, half of it by chance: many processes do not come back at once. */
  #nextRetryMs(): number {
    const { firstRetryMs, longestRetryMs } = this.#times;
    const longest = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs);
    this.#failures++;
    return longest / 2 + (Math.random() * longest) / 2;
  }

  #lose(count: number, problem?: string): void {
    if (count === 0) return;
    this.#counts.expired += count;
    this.#logger.warn({ events: count, problem }, "webhook events lost: not taken in time");
    this.#forget(count);
  }

  #forget(count: number): void {
    for (const event of this.#waiting.splice(0, count)) this.#bytes -= sizeOf(event);
  }

  #pause(milliseconds: number): Promise<void> {
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
