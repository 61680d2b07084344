import pc from "picocolors";
import { duration } from "../../scripts/steps.mjs";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "./seed/people";
import type { Settings } from "./settings";
import { formatTable } from "./terminal";

/** Formats the addresses of the product, and the demonstration accounts, for the terminal. */
export function formatWelcome(
  { urls, ports, ownDatabase }: Settings,
  { mailbox, milliseconds }: { mailbox: boolean; milliseconds: number },
): string {
  const places = [
    ["Administration", urls.administration],
    ["Commercial", urls.commercial],
    ["Gestion-Dossier", urls["gestion-dossier"]],
    ...(mailbox ? [["Mailbox", `http://localhost:${ports.mailbox}`]] : []),
  ];
  const accounts = DEMO_ACCOUNTS.map(({ email, name, role }) => [email, DEMO_PASSWORD, role, name]);
  return [
    "",
    pc.bold(`MGS Multi-Sites is ready (${duration(milliseconds)})`),
    "",
    formatTable(places),
    ...(ownDatabase ? [] : ["", pc.bold("Demonstration accounts"), "", formatTable(accounts)]),
    "",
    pc.dim("Ctrl-C ends everything. Logs are in the data folder's logs/."),
  ].join("\n");
}
