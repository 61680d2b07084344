import type { Readable } from "node:stream";
import type { Environment } from "@mgs/core/environment";
import type { Installation } from "./doctor/installation";

/** What a command needs from outside; whoever runs the command line decides where the database is. */
export type CliContext = {
  /**
   * Variables with which the product runs, DATABASE_URL among them; opened when a command first needs it.
   * @param migrated whether pending migrations of a database of our own are applied first
   */
  environment(migrated: boolean): Promise<Environment>;
  /** Whether that database is the embedded one, which brings no programs of PostgreSQL but the server. */
  isDatabaseEmbedded(): boolean;
  /** The settings of every process, for the doctor. @throws EnvironmentError */
  installation(): Promise<Installation>;
  /** The `prisma/migrations` folder. */
  migrations: string;
  /** One line of standard output. */
  print(line: string): void;
  /** One line of standard error. */
  complain(line: string): void;
  /** Whether standard output is a terminal that shows colours. */
  colours: boolean;
  /** Standard error when it is a terminal: where progress is shown in place. */
  terminal: NodeJS.WritableStream | null;
  /** Standard input: where secrets come from, never from an argument. */
  input: Readable & { isTTY?: boolean };
};
