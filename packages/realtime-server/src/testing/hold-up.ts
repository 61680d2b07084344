/** Holds this process up, as a machine without a free processor does: nothing is read and no timer runs meanwhile. */
export function holdUp(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
