import type { Readable } from "node:stream";
import type { DataStore } from "@tus/utils";

/** Both ends belong to it, as in HTTP (RFC 9110 section 14.1.2). */
export type ByteRange = { start: number; end: number };

/** Where files are: a folder, or a bucket. Files are named by keys of {@link ./keys}. */
export type DocumentStorage = {
  /** The store of uploads that go on over broken connections. */
  incoming(): Promise<DataStore>;
  /** Makes sure that a power cut does not lose a whole file any more. */
  settle(key: string): Promise<void>;
  /** @throws FileMissing */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Tells whether a file is there. */
  has(key: string): Promise<boolean>;
  write(key: string, bytes: Buffer, mediaType: string): Promise<void>;
  /** Removes a file; one that is gone already is no error. */
  remove(key: string): Promise<void>;
  /** All files, with the time of their last change. */
  list(): AsyncIterable<{ key: string; modifiedAt: Date }>;
};

/** A file that its row promises is not in the store. */
export class FileMissing extends Error {
  override readonly name = "FileMissing";
}
