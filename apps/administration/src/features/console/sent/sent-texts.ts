import { listClients } from "@mgs/identity/clients/list-clients";
import type { ConsoleVisit } from "../guard";
import { type ConsoleTexts, consoleTexts } from "../texts";

/** The console's texts, with the names of the clients through which notifications were sent. */
export async function sentTexts({ runtime, actor, texts }: ConsoleVisit): Promise<ConsoleTexts> {
  const clients = (await listClients(runtime, actor)).filter(({ revoked }) => !revoked);
  return consoleTexts(texts.locale, texts.timeZone, new Map(clients.map(({ client_id, name }) => [client_id, name])));
}
