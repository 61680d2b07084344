import { expect } from "@playwright/test";
import { readTestedInstance } from "../../tooling/src/testing/e2e-setup";
import type { InstanceProcess } from "../../tooling/src/testing/instance";
import { pidOf } from "./instance";

/** Kills a process by SIGKILL. @returns a function that waits until the supervisor has restarted it */
export function crash(name: InstanceProcess): () => Promise<void> {
  const pid = pidOf(name);
  readTestedInstance().signal(name, "SIGKILL");
  const restarted = () => {
    const now = pidOf(name);
    return now !== null && now !== pid;
  };
  return () => expect.poll(restarted, { message: `${name} restarted`, timeout: 120_000 }).toBe(true);
}

/** Runs something while a process is stopped, so that it neither answers nor closes connections. */
export async function whilePaused<T>(name: InstanceProcess, run: () => Promise<T>): Promise<T> {
  const { signal } = readTestedInstance();
  signal(name, "SIGSTOP");
  try {
    return await run();
  } finally {
    signal(name, "SIGCONT");
  }
}
