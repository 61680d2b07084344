import { RawClient } from "./raw-client";

/** The user data of a sign-in. */
export const user = (id: string, watchlist?: unknown): string => JSON.stringify({ id, watchlist });

/** The watchlist events a client has got, one line for each. */
export function watched(client: RawClient): string[] {
  return client.received
    .filter((message) => message.event === "pusher_internal:watchlist_events")
    .flatMap((message) => {
      const { events }: { events: { name: string; user_ids: string[] }[] } = JSON.parse(String(message.data));
      return events.map(({ name, user_ids }) => `${name} ${user_ids.join(",")}`);
    });
}

/** Connects a client and signs it in. */
export async function signedIn(port: number, id: string, watchlist?: readonly string[]): Promise<RawClient> {
  const client = await RawClient.connect(port);
  client.signin(user(id, watchlist));
  await client.next("pusher:signin_success");
  await client.settled();
  return client;
}
