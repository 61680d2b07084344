// Prints one line for each step, with its result and duration. This file is plain JavaScript, because it runs before the installation.

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const terminal = Boolean(process.stdout.isTTY) && process.env.TERM !== "dumb" && !process.env.CI;
const colour = terminal && !process.env.NO_COLOR;

/** @param {number} code @param {string} text */
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

/** @param {number} milliseconds */
export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}

/**
 * Runs one step. `work` may call `note` with a few words on its progress; it resolves to the step's result.
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = performance.now();
  let detail = "";
  let frame = 0;
  const draw = () => {
    const elapsed = duration(performance.now() - startedAt);
    const sign = FRAMES[frame++ % FRAMES.length] ?? "";
    process.stdout.write(
      `\r\u001b[2K${paint(36, sign)} ${title} ${paint(2, [detail, elapsed].filter(Boolean).join("  "))}`,
    );
  };
  // Without a terminal, only a step that takes long is announced.
  const announce = () => process.stdout.write(`… ${title}\n`);
  const timer = terminal ? setInterval(draw, 100) : setTimeout(announce, 2_000);
  const finish = (sign) => {
    clearInterval(timer);
    if (terminal) process.stdout.write("\r\u001b[2K");
    const elapsed = duration(performance.now() - startedAt);
    process.stdout.write(`${sign} ${title} ${paint(2, [detail, elapsed].filter(Boolean).join("  "))}\n`);
  };
  try {
    const result = await work((text) => {
      detail = text;
      if (!terminal && performance.now() - startedAt > 2_000) process.stdout.write(`… ${title}: ${text}\n`);
    });
    finish(paint(32, "✓"));
    return result;
  } catch (error) {
    finish(paint(31, "✗"));
    throw error;
  }
}
