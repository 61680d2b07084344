import type { DatabaseDescription } from "./describe-database";

export type BackupProgress = { table: string; done: number; total: number };
export type BackupResult = {
  file: string;
  /** Null for the product's own format, which holds the same inside. */
  manifest: string | null;
  bytes: number;
  sha256: string;
  description: DatabaseDescription;
};
