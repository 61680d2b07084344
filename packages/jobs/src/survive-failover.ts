import type { Redis } from "ioredis";

/** A client leaves a replica once in this interval at most, since the address may lead to the replica for a while. */
const MIN_RECONNECT_INTERVAL_MS = 500;

/** Matches errors of a server that was the primary until now. Old servers put a script's name before them. */
const REPLICA_ERROR_PATTERN = /\b(?:READONLY|UNBLOCKED|MASTERDOWN)\b/;

/** Tells whether a server refused a command because it is a replica: writes have to go to another server. */
export function isReplicaError(error: unknown): boolean {
  return error instanceof Error && REPLICA_ERROR_PATTERN.test(error.message);
}

/**
 * Makes a client follow a primary that changes behind one address while the old one stays up: when a server answers that it
 * is a replica now, the client connects again. Its duplicates, which BullMQ makes, do the same.
 * @param answerTimeoutMs time for a command. Unlike `commandTimeout` of ioredis, an answer that arrived while the event loop
 *   was blocked is read before the time counts as over
 */
export function surviveFailover(client: Redis, answerTimeoutMs?: number): Redis {
  let reconnectedAt = Number.NEGATIVE_INFINITY;
  function reconnect(): void {
    if (client.status !== "ready" || performance.now() - reconnectedAt < MIN_RECONNECT_INTERVAL_MS) return;
    reconnectedAt = performance.now();
    client.disconnect(true);
  }

  const sendCommand = client.sendCommand.bind(client);
  client.sendCommand = (command, ...rest) => {
    const { name, promise } = command;
    if (answerTimeoutMs !== undefined) {
      const late = () => command.reject(new Error("Command timed out"));
      const timer = setTimeout(() => setImmediate(late), answerTimeoutMs);
      const settled = () => clearTimeout(timer);
      promise.then(settled, settled);
    }
    promise.then(
      (answer: unknown) => {
        // The answer to EXEC contains the errors of a transaction's commands.
        if (name === "exec" && Array.isArray(answer) && answer.some(isReplicaError)) reconnect();
      },
      (error: unknown) => {
        if (isReplicaError(error)) reconnect();
      },
    );
    return sendCommand(command, ...rest);
  };

  const duplicate = client.duplicate.bind(client);
  const duplicateSurviving = (...options: Parameters<Redis["duplicate"]>) =>
    surviveFailover(duplicate(...options), answerTimeoutMs);
  client.duplicate = duplicateSurviving as Redis["duplicate"];
  return client;
}
