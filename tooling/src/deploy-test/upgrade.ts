import { say } from "../terminal";
import type { CommandOptions } from "./command";
import { readCommands } from "./guide";
import type { Repository } from "./repository";
import { checkNotification, checkReady, type Server } from "./server";

const UPGRADE = "docs/guide/upgrade.md";
const BEFORE = "2026-11-21";
const AFTER = "2026-12-05";

/** Upgrades by the guide's commands, goes back to the old version, rolls its migration back, and checks the data. */
export async function upgradeAndBack(server: Server, repository: Repository): Promise<void> {
  const { machine } = server;
  const type = async (commands: string, terminal?: Pick<CommandOptions, "answer">) => {
    for (const line of commands.split("\n").filter((one) => one !== "")) say(`  $ ${line}`);
    return machine.type(commands, terminal ? { ...terminal, terminal: true } : {});
  };
  const migration = await repository.addVersion();
  const [build = "", backup = "", release = "", turn = ""] = readCommands(UPGRADE, "Forward");
  const [turnBack = "", takeBack = "", restore = ""] = readCommands(UPGRADE, "Back");

  say(`▶ ${UPGRADE}: Forward`);
  await type(build);
  // The guide's next commands run in the same terminal.
  const there = (commands: string, version: string) => `cd /opt/mgs/releases/${version}\n${commands}`;
  await type(there(backup, AFTER));
  // Its exit code reports a pending migration, which does not stop a person at a terminal.
  const released = await type(there(release.replace(/^.* migrate:status$/m, "$& || true"), AFTER));
  if (!released.includes(`applied ${migration}`)) throw new Error(`the migration was not applied:\n${released}`);
  await checkReady(server);
  say("  the version before serves while the schema is the new one's");
  await type(turn);
  await checkVersion(server, AFTER);
  await checkNotification(server, "Après la mise à jour");

  say(`▶ ${UPGRADE}: Back, the processes alone`);
  await type(turnBack);
  await checkVersion(server, BEFORE);
  await checkNotification(server, "Version d'avant");

  say(`▶ ${UPGRADE}: Back, with the migration`);
  await type(takeBack);
  await type("sudo systemctl start mgs.target");
  await checkVersion(server, BEFORE);
  const status = await machine.type(there("sudo -u mgs npm run --silent mgs -- migrate:status", AFTER), { also: [1] });
  if (!new RegExp(`${migration}.*pending|pending.*${migration}`).test(status)) {
    throw new Error(`the migration is still there:\n${status}`);
  }

  say(`▶ ${UPGRADE}: Back, everything as it was`);
  await type(restore, { answer: { to: /\[y\/N\]/, text: "y\n" } });
  await checkVersion(server, BEFORE);
  const listed = await machine.type(there("sudo -u mgs npm run --silent mgs -- notifications:list --user 1", BEFORE));
  if (!listed.includes("Depuis le serveur")) throw new Error(`what came before the backup is gone:\n${listed}`);
  if (listed.includes("Après la mise à jour")) throw new Error(`what came after the backup is there:\n${listed}`);
  await checkNotification(server, "Après le retour");
}

/** Checks that all processes answer with this version. */
async function checkVersion(server: Server, version: string): Promise<void> {
  await checkReady(server);
  for (const name of ["administration", "commercial", "gestion-dossier", "worker", "realtime-server"]) {
    const pid = `$(systemctl show --property MainPID --value mgs-${name})`;
    const folder = (await server.machine.type(`sudo readlink /proc/${pid}/cwd`)).trim();
    if (!folder.startsWith(`/opt/mgs/releases/${version}/`)) throw new Error(`mgs-${name} runs in ${folder}`);
  }
  say(`  all five processes are those of ${version}`);
}
