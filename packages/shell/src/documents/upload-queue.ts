import { object, string } from "@mgs/core/shape";
import type { Upload } from "tus-js-client";
import { randomKey } from "../browser/random-key";
import { checkSession, setDirty, waitForSession } from "../page-session";
import { createSignal } from "../signal";
import { findInterruptedUploads, forgetInterruptedUpload, type UploadTarget } from "./interrupted-uploads";

/** A part of a file is sent at once; proxies take bodies up to a megabyte, and a part has a minute on a slow line. */
const CHUNK_BYTES = 1_000_000;
const RETRY_DELAYS_MS = [0, 500, 1_000, 2_000, 5_000, 10_000, 20_000];
/** After these retries the upload waits for the network, and tries again by itself. */
const NEXT_ROUND_MS = 15_000;

export type UploadState = "waiting" | "sending" | "paused" | "offline" | "done" | "failed";

export type QueuedUpload = {
  id: string;
  name: string;
  bytes: number;
  sent: number;
  state: UploadState;
  /** Why it failed: what the server said, in the reader's language; empty without an answer. */
  message: string;
  /** The server's word for what is wrong with the file, such as `type`. */
  refusal: string | null;
};

type Work = { entry: QueuedUpload; file: File; target: UploadTarget; upload: Upload | null };
type Options = { uploadsPath: string; socketId: () => string | undefined; onStored: (name: string) => void };

const refusal = object({ error: object({ message: string, code: string }) });
const reasonOf = object({ error: object({ data: object({ reason: string }) }) });

/**
 * The uploads of a page, one after the other. Each goes on by itself after a loss of the network, and after a sign-in where the session has
 * ended meanwhile; the page does not leave while one is under way.
 */
export function createUploadQueue({ uploadsPath, socketId, onStored }: Options) {
  const signal = createSignal<readonly QueuedUpload[]>([]);
  const works = new Map<string, Work>();
  let current: string | null = null;

  function set(id: string, change: Partial<QueuedUpload>): void {
    const work = works.get(id);
    if (!work) return;
    work.entry = { ...work.entry, ...change };
    publish();
  }

  function publish(): void {
    const entries = [...works.values()].map(({ entry }) => entry);
    signal.set(entries);
    setDirty(
      signal,
      entries.some(({ state }) => state !== "done" && state !== "failed"),
    );
  }

  function next(): void {
    if (current !== null) return;
    const work = [...works.values()].find(({ entry }) => entry.state === "waiting");
    if (!work) return;
    current = work.entry.id;
    void start(work);
  }

  function release(id: string): void {
    if (current === id) current = null;
    next();
  }

  async function start(work: Work): Promise<void> {
    const { id } = work.entry;
    set(id, { state: "sending" });
    const { Upload: TusUpload } = await import("tus-js-client");
    work.upload ??= new TusUpload(work.file, {
      endpoint: uploadsPath,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      removeFingerprintOnSuccess: true,
      // One document may get the same file twice, as two versions; another may get it as well.
      fingerprint: async (file) =>
        [
          "mgs",
          uploadsPath,
          work.target.replaces ?? work.target.slot ?? "",
          file.name,
          file.size,
          file.lastModified,
        ].join(":"),
      metadata: {
        filename: work.file.name,
        ...(work.target.replaces === undefined ? {} : { document_id: work.target.replaces }),
        ...(work.target.slot === undefined ? {} : { slot: work.target.slot }),
      },
      onBeforeRequest(request) {
        const socket = socketId();
        if (socket !== undefined) request.setHeader("x-socket-id", socket);
      },
      onProgress: (sent) => set(id, { sent, state: "sending" }),
      onSuccess() {
        set(id, { state: "done", sent: work.file.size });
        onStored(work.entry.name);
        release(id);
      },
      onError: (error) => void fail(work, "originalResponse" in error ? error.originalResponse : null),
    });
    const [previous] = work.entry.sent === 0 ? await work.upload.findPreviousUploads() : [];
    if (previous) work.upload.resumeFromPreviousUpload(previous);
    if (works.get(id)?.entry.state === "sending") work.upload.start();
  }

  async function fail(
    work: Work,
    response: { getStatus(): number; getBody(): string } | null | undefined,
  ): Promise<void> {
    const { id } = work.entry;
    const status = response?.getStatus() ?? 0;
    if (status === 401) {
      await checkSession();
      set(id, { state: "offline" });
      await waitForSession();
      return tryAgain(id);
    }
    if (status === 0 || status >= 500) {
      set(id, { state: "offline" });
      await untilNextRound();
      return tryAgain(id);
    }
    const body = parseJson(response?.getBody() ?? "");
    // What was refused is nothing to go on with after a reload.
    for (const { storageKey, name, bytes } of findInterruptedUploads(uploadsPath))
      if (name === work.file.name && bytes === work.file.size) forgetInterruptedUpload(storageKey);
    set(id, {
      state: "failed",
      message: refusal(body) ? body.error.message : "",
      refusal: reasonOf(body) ? body.error.data.reason : null,
    });
    release(id);
  }

  function tryAgain(id: string): void {
    const work = works.get(id);
    if (work?.entry.state === "offline") void start(work);
  }

  return {
    subscribe: signal.subscribe,
    get: signal.get,
    add(file: File, target: UploadTarget = {}): void {
      const id = randomKey();
      const entry: QueuedUpload = {
        ...{ id, name: file.name, bytes: file.size, sent: 0, state: "waiting", message: "", refusal: null },
      };
      works.set(id, { entry, file, target, upload: null });
      publish();
      next();
    },
    pause(id: string): void {
      void works.get(id)?.upload?.abort();
      set(id, { state: "paused" });
      release(id);
    },
    resume(id: string): void {
      set(id, { state: "waiting" });
      next();
    },
    /** Gives an upload up; the server forgets what has come of it. */
    cancel(id: string): void {
      void works
        .get(id)
        ?.upload?.abort(true)
        .catch(() => undefined);
      works.delete(id);
      publish();
      release(id);
    },
    /** Takes one that is over off the list. */
    dismiss(id: string): void {
      works.delete(id);
      publish();
    },
  };
}
export type UploadQueue = ReturnType<typeof createUploadQueue>;

/** Gives up an upload of a page before this one. */
export async function terminateUpload(address: string): Promise<void> {
  const { Upload: TusUpload } = await import("tus-js-client");
  await TusUpload.terminate(address);
}

/** Resolves when the browser says that the network is back, or after a while. */
function untilNextRound(): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      window.removeEventListener("online", finish);
      resolve();
    };
    const timer = setTimeout(finish, NEXT_ROUND_MS);
    window.addEventListener("online", finish);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
