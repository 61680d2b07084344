import { join, resolve } from "node:path";
import { duration } from "../../scripts/steps.mjs";
import { makeAuthority } from "./deploy-test/authority";
import { tryContainers } from "./deploy-test/containers";
import { buildImage, listImageTargets } from "./deploy-test/images";
import { createNetwork } from "./deploy-test/network";
import { openPodman } from "./deploy-test/podman";
import { makeRepository } from "./deploy-test/repository";
import { findReasonToSkip, installPrograms } from "./deploy-test/requirements";
import { closeServer, installServer } from "./deploy-test/server";
import { makeStandIns } from "./deploy-test/stand-ins";
import { upgradeAndBack } from "./deploy-test/upgrade";
import { runGuarded } from "./guarded-script";
import { ROOT } from "./paths";
import { say } from "./terminal";

/**
 * Deploys the product in both ways of docs/guide/install.md, from nothing: `npm run test:deploy`, or one part alone,
 * `npm run test:deploy -- images`, `containers` (with the images of before), `server`. It keeps files that take long to make,
 * such as base images, in MGS_DEPLOY_TEST_DIR (.data/deploy-test).
 */
const PARTS = ["images", "containers", "server"] as const;
type Part = (typeof PARTS)[number];

const FOLDER = resolve(ROOT, process.env.MGS_DEPLOY_TEST_DIR ?? join(".data", "deploy-test"));

async function runTimed(title: string, work: () => Promise<unknown>): Promise<string> {
  const startedAt = performance.now();
  say(`\n▶▶ ${title}`);
  await work();
  const line = `✓ ${title} (${duration(performance.now() - startedAt)})`;
  say(line);
  return line;
}

async function main(parts: readonly Part[]): Promise<void> {
  const reason = findReasonToSkip();
  if (reason !== null) {
    say(`skipped: ${reason}`);
    return;
  }
  const installed = await installPrograms();
  if (installed.length > 0) say(`installed ${installed.join(", ")}`);
  const lines: string[] = [];
  if (parts.includes("images") || parts.includes("containers")) {
    const network = await createNetwork("mgs-deploy-containers");
    try {
      const podman = openPodman(join(FOLDER, "containers"), network);
      lines.push(await runTimed("Base images", async () => say(`  ${await makeStandIns(podman)}`)));
      for (const target of parts.includes("images") ? listImageTargets() : []) {
        const output = (chunk: string) => process.stdout.write(chunk);
        lines.push(await runTimed(`Image ${target}, from the Dockerfile`, () => buildImage(podman, target, output)));
      }
      if (parts.includes("containers")) {
        const authority = await makeAuthority(join(FOLDER, "containers", "authority"));
        lines.push(await runTimed("The stack of compose.yaml", () => tryContainers(network, podman, authority)));
      }
    } finally {
      await network.close();
    }
  }
  if (parts.includes("server")) lines.push(await runTimed("A server, by the guides", tryServer));
  say(`\n${lines.join("\n")}`);
}

async function tryServer(): Promise<void> {
  const network = await createNetwork("mgs-deploy-server");
  try {
    const authority = await makeAuthority(join(FOLDER, "authority"));
    const repository = await makeRepository(join(FOLDER, "repository"));
    const server = await installServer(FOLDER, network, authority, repository);
    try {
      await upgradeAndBack(server, repository);
    } finally {
      await closeServer(server);
    }
  } finally {
    await network.close();
  }
}

const wanted = PARTS.filter((part) => process.argv.slice(2).includes(part));
await runGuarded(() => main(wanted.length > 0 ? wanted : PARTS));
