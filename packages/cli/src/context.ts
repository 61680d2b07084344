import type { CommandContext } from "@mgs/module/command";
import type { Installation } from "./doctor/installation";

/** What the process that runs the command line decides: above all where the database is. */
export type CliHost = Omit<CommandContext, "ports"> & {
  /** Whether the product's database is the embedded one, which brings no programs of PostgreSQL but the server. */
  isDatabaseEmbedded(): boolean;
  /** The settings of every process, for the doctor. @throws EnvironmentError */
  installation(): Promise<Installation>;
  /** The `prisma/migrations` folder. */
  migrations: string;
};

/** What the command line gives to its own commands, which work on the installation. */
export type CliContext = CliHost & CommandContext;
