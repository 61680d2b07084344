import type { Command } from "commander";
import type { CliContext } from "../context";
import { addDbBackup } from "./db-backup.command";
import { addDbRestore } from "./db-restore.command";
import { addDoctor } from "./doctor.command";
import { addMigrate } from "./migrate.command";
import { addMigrateRollback } from "./migrate-rollback.command";
import { addMigrateStatus } from "./migrate-status.command";

/** Commands for whoever runs the machines: the database and its migrations, backups, the doctor. */
export const OPERATIONS: readonly ((program: Command, context: CliContext) => void)[] = [
  addMigrate,
  addMigrateStatus,
  addMigrateRollback,
  addDbBackup,
  addDbRestore,
  addDoctor,
];
