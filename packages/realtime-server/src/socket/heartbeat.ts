import { createStallTolerantClock } from "../clock/stall-tolerant-clock";
import { isBindingExpired } from "../hub/bindings";
import type { Connection } from "../hub/connection";
import type { Hub } from "../hub/hub";
import type { Limits } from "../limits";
import { CloseCode } from "../protocol/close-codes";
import { pingFrame } from "../protocol/frames";

/** Longest silence of a client that does not know `pusher:ping` (documentation: 4202). */
const INACTIVITY_MS = 24 * 60 * 60_000;

/** Records a sign of life of a client: any frame counts. */
export function recordActivity(connection: Connection, now: number): void {
  connection.lastHeardAt = now;
  connection.pingedAt = undefined;
}

/**
 * Pings silent clients, closes those that do not answer, and those with an expired binding. One timer checks all of them; its
 * period is a tenth of the shorter time limit, so a client is closed late by that much at most.
 * @returns a function that ends it
 */
export function startHeartbeat(hub: Hub, limits: Limits): () => void {
  const periodMs = Math.max(10, Math.min(limits.activityTimeoutMs, limits.pongTimeoutMs) / 10);
  const stallTolerantNow = createStallTolerantClock(periodMs);
  const timer = setInterval(() => {
    const now = Date.now();
    const attendedNow = stallTolerantNow();
    for (const connection of hub.connections()) checkConnection(connection, now, attendedNow, limits);
  }, periodMs);
  timer.unref();
  return () => clearInterval(timer);
}

function checkConnection(connection: Connection, now: number, attended: number, limits: Limits): void {
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
