import { setTimeout as wait } from "node:timers/promises";
import type { Answer, Connection } from "../connection";

/** A signed-in device with an open page. */
export type Device = {
  id: string;
  /** Asks for something as that device's page would. */
  ask(connection: Connection): Promise<Answer>;
  /** The time at which the page was told that its sign-in has ended. */
  told: Promise<number>;
  /** The time at which its socket was closed. */
  closed: Promise<number>;
};

/** The product, or its floor. */
export type RevocationSide = {
  /** The server that answers the revoked device's next request: not the one that revokes. */
  pagePort: number;
  revokePort: number;
  /** Signs devices in until `count` are live. */
  prepare(count: number): Promise<void>;
  /** Takes a live device, and the request that revokes it. */
  take(): { device: Device; revoke(connection: Connection): Promise<void> };
  stop(): Promise<void>;
};

/** Milliseconds of one revocation, from the first byte of the POST. */
export type RevocationTimes = { answered: number; refused: number; told: number; closed: number };

/** Pause between two requests of the revoked device. It bounds the error, and leaves the processor to others. */
const POLL_MS = 2;
/** A revocation that has not reached everybody by then has failed. */
const TIMEOUT_MS = 20_000;

/** Revokes one device, whose page asks for something all the while. */
export async function measureRevocation(
  side: RevocationSide,
  { revoking, page }: { revoking: Connection; page: Connection },
): Promise<RevocationTimes> {
  const { device, revoke } = side.take();
  const first = await device.ask(page);
  if (first.status !== 200) throw new Error(`a live device was answered ${first.status}: ${first.body.slice(0, 300)}`);
  const startedAt = performance.now();
  const refused = waitUntilRefused(device, page);
  const answered = revoke(revoking).then(() => performance.now());
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const times = await Promise.race([
    Promise.all([answered, refused, device.told, device.closed]),
    new Promise<never>((_, reject) =>
      timeout.addEventListener("abort", () => reject(new Error("a revocation did not reach its page in time"))),
    ),
  ]);
  const [answeredMs = 0, refusedMs = 0, toldMs = 0, closedMs = 0] = times.map((at) => at - startedAt);
  return { answered: answeredMs, refused: refusedMs, told: toldMs, closed: closedMs };
}

async function waitUntilRefused(device: Device, page: Connection): Promise<number> {
  for (;;) {
    const { status } = await device.ask(page);
    if (status === 401) return performance.now();
    if (status !== 200) throw new Error(`a device was answered ${status}`);
    await wait(POLL_MS);
  }
}
