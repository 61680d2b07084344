import type { Redis } from "ioredis";

/** A client leaves a replica at most once in so many milliseconds: where it comes to may still be the replica. */
const LEAVE_PAUSE_MS = 500;

/** What a server answers that was the primary until now. Old servers put a script's name before it. */
const SAID_BY_REPLICA = /\b(?:READONLY|UNBLOCKED|MASTERDOWN)\b/;

/** True for an answer with which a server says that it is a replica: writes have to go to another one. */
export function isSaidByReplica(error: unknown): boolean {
  return error instanceof Error && SAID_BY_REPLICA.test(error.message);
}

/**
 * Makes a client follow a primary that changes behind one address while the old one stays up: when a server answers that
 * it is a replica now, the client connects again. So do its duplicates, which BullMQ makes.
 * @param answerTimeoutMs what a command may take. Unlike `commandTimeout` of ioredis it reads an answer that had arrived
 *   while this process stood still before the time counts as over
 */
export function surviveFailover(client: Redis, answerTimeoutMs?: number): Redis {
  let leftAt = Number.NEGATIVE_INFINITY;
  function leave(): void {
    if (client.status !== "ready" || performance.now() - leftAt < LEAVE_PAUSE_MS) return;
    leftAt = performance.now();
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
        // Errors of a transaction's commands come inside of the answer to EXEC.
        if (name === "exec" && Array.isArray(answer) && answer.some(isSaidByReplica)) leave();
      },
      (error: unknown) => {
        if (isSaidByReplica(error)) leave();
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
