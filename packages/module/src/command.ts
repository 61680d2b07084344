import type { Readable } from "node:stream";
import type { Actor } from "@mgs/core/actor";
import type { Environment } from "@mgs/core/environment";
import type { Database } from "@mgs/db/client";
import type { Command } from "commander";
import type { IdentityHooks } from "./identity-hooks";

/** Functions of one package that commands of another call; the command line supplies them. */
export type CommandPorts = {
  /** Hooks of every module: they delete rows that depend on a sign-in or a client. */
  identityHooks: readonly IdentityHooks[];
  /** Finds an account by its number or its e-mail address. @throws AppError USER_NOT_FOUND */
  findAccount(deps: { database: Database }, actor: Actor, ref: string): Promise<{ id: number; email: string }>;
  /** Lists the OAuth clients, revoked ones included. */
  listClients(
    deps: { database: Database },
    actor: Actor,
  ): Promise<readonly { client_id: string; name: string; revoked: boolean }[]>;
  /** Counts the live access tokens of a client, those of its people and its own, up to `limit`. */
  countLiveAccessTokens(database: Database, clientId: string, limit: number): Promise<number>;
};

/** Context that the command line gives to a command. */
export type CommandContext = {
  /**
   * Reads the variables with which the product runs, such as DATABASE_URL, when a command first needs them.
   * @param migrated true to apply pending migrations of the embedded database first
   */
  environment(migrated: boolean): Promise<Environment>;
  /** Prints one line on standard output. */
  print(line: string): void;
  /** Prints one line on standard error. */
  complain(line: string): void;
  /** True when standard output is a terminal that shows colours. */
  colours: boolean;
  /** Standard error when it is a terminal, on which progress is shown in place. */
  terminal: NodeJS.WritableStream | null;
  /** Standard input. Commands read secrets from it, never from an argument. */
  input: Readable & { isTTY?: boolean };
  ports: CommandPorts;
};

/** Commands below one heading of the help, in its order. Each entry adds a command to the program. */
export type CommandGroup<Context extends CommandContext = CommandContext> = {
  /** The heading, with its colon: `"People:"`. */
  title: string;
  commands: readonly ((program: Command, context: Context) => void)[];
};
