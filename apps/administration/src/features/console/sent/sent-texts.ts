import { listClients } from "@mgs/identity/clients/list-clients";
import type { ConsoleContext } from "../console-context";
import { type ConsoleTexts, consoleTexts } from "../texts";

/** Reads the console's texts, with the names of the clients that have sent notifications. */
export async function sentTexts({ runtime, actor, texts }: ConsoleContext): Promise<ConsoleTexts> {
  const clients = (await listClients(runtime, actor)).filter(({ revoked }) => !revoked);
  return consoleTexts(texts.locale, texts.timeZone, new Map(clients.map(({ client_id, name }) => [client_id, name])));
}
