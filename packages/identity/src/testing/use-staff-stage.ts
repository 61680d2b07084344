import type { UserActor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { signInStaff, staffDeps } from "./staff";

/** A database with one administrator, Voahangy, who is signed in; before each test everybody else, and what they did, is gone. */
export function useStaffStage() {
  let test: TestDatabase;
  let admin: UserActor;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());
  beforeEach(async () => {
    const { database } = test;
    await database.user.deleteMany();
    await database.role.deleteMany({ where: { builtIn: false } });
    await database.batchJob.deleteMany();
    await database.outbox.deleteMany();
    await database.$executeRaw`DELETE FROM audit_keys`;
    admin = await signInStaff(database, { name: "Voahangy", email: "v@mgs.mg", role: "administrateur" });
  });
  return {
    get database(): Database {
      return test.database;
    },
    get admin(): UserActor {
      return admin;
    },
    deps: () => staffDeps(test.database),
    /** Adds a person who is signed in. */
    add: (name: string, email: string, role = "commercial") => signInStaff(test.database, { name, email, role }),
  };
}

/** The code of a refusal, or the problem of a file; "done" without one. */
export const refusal = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => "done",
    (error: { code?: string; problem?: string }) => error.code ?? error.problem,
  );
