import { array, boolean, number, object, type ShapeOf, string } from "@mgs/core/shape";
import type { TextDraft } from "@mgs/writing/contract/drafts";

const typedParts = { text: string, mentioned: array(object({ key: string, name: string })) };
const typed = object(typedParts);

/** What somebody types: a text, and whom they picked for it with `@`. */
export type Typed = ShapeOf<typeof typed>;

const keptField = object({ ...typedParts, base: number, isSaved: boolean, writer: string });

/** What this browser keeps of a field, over reloads. */
export type KeptField = Typed & {
  /** The version on the server that the text builds upon; 0: none. */
  base: number;
  /** Whether the server has the text. */
  isSaved: boolean;
  /** Names this field to the server, so that what it wrote without getting an answer is known as its own. */
  writer: string;
};

/** Reads what a browser has kept, as this release or the one before did; null for anything else. */
export function parseKeptField(stored: unknown, newWriter: () => string): KeptField | null {
  if (keptField(stored)) return stored;
  return typed(stored) ? { ...stored, base: 0, isSaved: false, writer: newWriter() } : null;
}

export type DraftKeeperPorts = {
  /** The draft on the server; null: there is none. @throws without an answer */
  read(): Promise<TextDraft | null>;
  /** @returns the version, 0 for a text that was emptied, `conflict` when another device has changed the draft since. @throws without an answer */
  write(draft: DraftWrite, keepalive: boolean): Promise<number | "conflict">;
  /** Keeps the field in this browser; null: it is empty. */
  keep(field: KeptField | null): void;
  newWriter(): string;
  onChange(): void;
};
export type DraftWrite = { content: string; mentions: string[]; writer: string; version: number };

/**
 * Keeps one field's draft: in this browser at once, on the server with `save`. The server numbers the changes, so that no clock decides:
 * what another device has typed since is taken where nothing unsaved stands here; else the author chooses.
 * @param initial what the field holds when nothing was typed: the comment that is edited
 */
export function createDraftKeeper(ports: DraftKeeperPorts, initial: Typed) {
  let field: KeptField = begin();
  /** The newer draft of another device, while something else was typed here. */
  let other: TextDraft | null = null;
  /** A draft that is no longer wanted and that the server may still have. */
  let cleared: Pick<DraftWrite, "writer" | "version"> | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  function begin(): KeptField {
    return { ...initial, base: 0, isSaved: true, writer: ports.newWriter() };
  }
  const isUntouched = ({ text }: Typed) => text === initial.text || text.trim() === "";

  /** Calls to the server go one after the other. */
  function enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = queue.then(task);
    queue = done.catch(() => undefined);
    return done;
  }

  function set(next: KeptField): void {
    field = next;
    ports.keep(isUntouched(next) ? null : next);
    ports.onChange();
  }

  function take({ content, mentioned, version }: TextDraft): void {
    other = null;
    set({ text: content, mentioned, base: version, isSaved: true, writer: field.writer });
  }

  async function compare(): Promise<boolean> {
    const asked = field;
    try {
      const draft = await readWanted();
      // The author has sent it, or taken the other text, meanwhile.
      if (field.writer !== asked.writer || field.base !== asked.base) return true;
      decide(draft);
      await write(false);
      return true;
    } catch {
      return false;
    }
  }

  async function readWanted(): Promise<TextDraft | null> {
    const draft = await ports.read();
    if (cleared === null) return draft;
    const { writer, version } = cleared;
    if (draft !== null && draft.writer !== writer && draft.version !== version) return draft;
    await ports.write({ content: "", mentions: [], writer, version }, false);
    cleared = null;
    return null;
  }

  function decide(draft: TextDraft | null): void {
    if (draft === null) {
      other = null;
      // What the server had was sent or emptied on another device.
      if (field.base > 0) set(field.isSaved ? begin() : { ...field, base: 0 });
    } else if (draft.writer === field.writer || draft.version === field.base) {
      other = null;
      set({ ...field, base: draft.version, isSaved: field.isSaved && draft.content === field.text });
    } else if (field.isSaved || isUntouched(field) || draft.content === field.text) take(draft);
    else {
      other = draft;
      ports.onChange();
    }
  }

  /** Writes until the server has what is typed. @throws without an answer */
  async function write(keepalive: boolean): Promise<void> {
    while (!field.isSaved && other === null) {
      const sent = field;
      const { writer, base: version, text, mentioned } = sent;
      const content = isUntouched(sent) ? "" : text;
      const mentions = content === "" ? [] : mentioned.map(({ key }) => key);
      const answer = await ports.write({ content, mentions, writer, version }, keepalive);
      if (field.writer !== writer) continue;
      if (answer === "conflict") decide(await ports.read());
      else set({ ...field, base: answer, isSaved: field.text === text });
    }
  }

  return {
    get: () => ({ typed: field as Typed, other, isTouched: !isUntouched(field) }),
    /** Goes on with what this browser has kept. */
    restore(kept: KeptField): void {
      field = kept;
      ports.onChange();
    },
    /** Asks the server what it has, and decides whose text is the newer. @returns false without an answer */
    sync: () => enqueue(compare),
    type: (next: Typed): void => set({ ...field, ...next, isSaved: false }),
    /** Brings what was typed to the server; without an answer it stays unsaved until the next call. */
    save: () => enqueue(() => write(false)).catch(() => undefined),
    /** The same for a page that is being left, which cannot wait for its turn. */
    saveAtLeave: () => write(true).catch(() => undefined),
    /** Goes on with the other device's text. */
    takeOther(): void {
      if (other !== null) take(other);
    },
    /** Goes on with the text of this device; it replaces the other. */
    keepOwn(): Promise<void> {
      if (other !== null) field = { ...field, base: other.version };
      other = null;
      ports.onChange();
      return enqueue(() => write(false)).catch(() => undefined);
    },
    /** The text was sent, or is no longer wanted. */
    clear(): Promise<void> {
      const { writer, base: version } = field;
      other = null;
      set(begin());
      return enqueue(async () => {
        cleared = { writer, version };
        await ports.write({ content: "", mentions: [], writer, version }, true);
        cleared = null;
      }).catch(() => undefined);
    },
  };
}
export type DraftKeeper = ReturnType<typeof createDraftKeeper>;
