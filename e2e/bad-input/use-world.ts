import { test } from "@playwright/test";
import { createWorld, dropWorld, type World, waitForDeliveries } from "./world";

/** Creates people, clients and tokens for the tests of a file, and removes them afterwards. */
export function useWorld(): () => World {
  let world: World | undefined;
  test.beforeAll(async () => {
    test.setTimeout(300_000);
    world = await createWorld();
    await waitForDeliveries(world);
  });
  test.afterAll(async () => {
    if (world) await dropWorld(world);
  });
  return () => {
    if (!world) throw new Error("the world is made before the tests");
    return world;
  };
}
