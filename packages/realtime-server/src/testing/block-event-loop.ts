/** Blocks the event loop, as a machine without a free processor does: nothing is read and no timer runs meanwhile. */
export function blockEventLoop(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
