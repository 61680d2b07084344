import { presencesApiPath } from "@mgs/messaging/contract/links";
import { MAX_PRESENCES, type PersonPresence, personPresences } from "@mgs/messaging/contract/presence";
import { callApi, checkShape } from "../api/call-api";

/** Those who come on screen together are asked for together. */
const BUNDLE_MS = 50;

type Waiting = { resolve: (presence: PersonPresence | null) => void };

let waiting = new Map<number, Waiting[]>();

/** Reads how somebody is seen now; null when it cannot be read. */
export function readPresence(userId: number): Promise<PersonPresence | null> {
  return new Promise((resolve) => {
    if (waiting.size === 0) setTimeout(() => void readAll(), BUNDLE_MS);
    waiting.set(userId, [...(waiting.get(userId) ?? []), { resolve }]);
  });
}

async function readAll(): Promise<void> {
  const asked = waiting;
  waiting = new Map();
  const ids = [...asked.keys()];
  for (let first = 0; first < ids.length; first += MAX_PRESENCES) {
    const some = ids.slice(first, first + MAX_PRESENCES);
    const found = await callApi(presencesApiPath(some.join())).then(
      (data) => new Map(checkShape(personPresences, data).map((one) => [one.user_id, one])),
      () => new Map<number, PersonPresence>(),
    );
    for (const id of some) for (const { resolve } of asked.get(id) ?? []) resolve(found.get(id) ?? null);
  }
}
