import type { Frame } from "../protocol/frame";

let lastFrames: readonly Frame[] = [];
let lastBytes: Buffer = Buffer.alloc(0);

/**
 * Joins the WebSocket bytes of frames into one buffer. Subscribers of the same channels send the same frames in the same turn
 * of the event loop, so the last buffer is returned again for the same frames: a burst to a thousand sockets is copied once.
 */
export function joinFrames(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (first !== undefined && frames.length === 1) return first.webSocket;
  if (!isSame(frames, lastFrames)) {
    lastBytes = Buffer.concat(frames.map((frame) => frame.webSocket));
    lastFrames = frames;
  }
  return lastBytes;
}

/** Drops the last buffer, so that no past burst stays in memory. */
export function clearJoinedFrames(): void {
  lastFrames = [];
  lastBytes = Buffer.alloc(0);
}

function isSame(a: readonly Frame[], b: readonly Frame[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
