import { createAttentiveClock } from "../clock/attentive-clock";
import { isBindingExpired } from "../hub/bindings";
import type { Connection } from "../hub/connection";
import type { Hub } from "../hub/hub";
import type { Limits } from "../limits";
import { CloseCode } from "../protocol/close-codes";
import { pingFrame } from "../protocol/frames";

/** How long a client that cannot be asked may be silent (documentation: 4202). */
const INACTIVITY_MS = 24 * 60 * 60_000;

/** Notes that a client was heard: any frame counts. */
export function heard(connection: Connection, now: number): void {
  connection.lastHeardAt = now;
  connection.pingedAt = undefined;
}

/**
 * Asks silent clients whether they are there and closes those that do not answer, and those whose bindings have expired. One timer for all of them; its period
 * is a tenth of the shorter time allowed, so that an answer is judged that much late at most.
 * @returns a function that ends it
 */
export function startHeartbeat(hub: Hub, limits: Limits): () => void {
  const period = Math.max(10, Math.min(limits.activityTimeoutMs, limits.pongTimeoutMs) / 10);
  const attended = createAttentiveClock(period);
  const timer = setInterval(() => {
    const now = Date.now();
    const attendedNow = attended();
    for (const connection of hub.connections()) check(connection, now, attendedNow, limits);
  }, period);
  timer.unref();
  return () => clearInterval(timer);
}

function check(connection: Connection, now: number, attended: number, limits: Limits): void {
  if (isBindingExpired(connection, now)) {
    connection.close({ code: CloseCode.reconnect, message: "Authorization expired: connect again" });
    return;
  }
  if (connection.pingedAt !== undefined) {
    if (attended - connection.pingedAt < limits.pongTimeoutMs) return;
    connection.close({ code: CloseCode.pongMissing, message: "Pong reply not received" });
    return;
  }
  const silence = now - connection.lastHeardAt;
  if (!connection.answersPing) {
    if (silence >= INACTIVITY_MS) connection.close({ code: CloseCode.inactive, message: "Closed after inactivity" });
    return;
  }
  if (silence < limits.activityTimeoutMs) return;
  connection.pingedAt = attended;
  connection.send(pingFrame);
}
