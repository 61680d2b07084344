import type { CommandContext } from "@mgs/module/command";
import type { Installation } from "./doctor/installation";

/** Settings that the process which runs the command line decides, such as the database. */
export type CliHost = Omit<CommandContext, "ports"> & {
  /** True when the database is the embedded one, which has PostgreSQL's server and no other program of it. */
  isDatabaseEmbedded(): boolean;
  /** Reads the settings of every process, for the doctor. @throws EnvironmentError */
  installation(): Promise<Installation>;
  /** The `prisma/migrations` folder. */
  migrations: string;
};

/** Context of the command line's own commands, which work on the installation. */
export type CliContext = CliHost & CommandContext;
