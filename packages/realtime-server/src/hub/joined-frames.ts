import type { Frame } from "../protocol/frame";

let lastFrames: readonly Frame[] = [];
let lastBytes: Buffer = Buffer.alloc(0);

/**
 * The WebSocket bytes of some frames in one piece. Subscribers of the same channels have the same frames in the same
 * turn, so the piece made last is given again when it has the very same frames: a burst to a thousand sockets is
 * copied once.
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

/** Lets go of the piece made last, so that nothing of a past burst stays in memory. */
export function forgetJoinedFrames(): void {
  lastFrames = [];
  lastBytes = Buffer.alloc(0);
}

function isSame(a: readonly Frame[], b: readonly Frame[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
