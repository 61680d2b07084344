import { randomInt } from "node:crypto";

const PATTERN = /^\d+\.\d+$/;

/** A socket id of the protocol: `digits.digits`, random enough to be unique over replicas. */
export function createSocketId(): string {
  return `${randomInt(1, 2 ** 47)}.${randomInt(1, 2 ** 47)}`;
}

export function isSocketId(text: string): boolean {
  return PATTERN.test(text);
}
