import { EVENTS } from "@mgs/realtime/names";
import type { World } from "../world";
import { openPages } from "./pages";
import { type DiscussionSide, PEOPLE_PER_RECORD } from "./side";

const FIRST_ID = 110_001;

/** Pages of dossiers, whose people write comments. */
export async function openDiscussionProduct(world: World, personCount: number): Promise<DiscussionSide> {
  const { rows } = await world.database.query<{ id: number }>("SELECT id FROM dossiers ORDER BY id LIMIT $1", [
    Math.ceil(personCount / PEOPLE_PER_RECORD),
  ]);
  const dossierOf = (person: number): number => {
    const id = rows[Math.floor(person / PEOPLE_PER_RECORD)]?.id;
    if (id === undefined) throw new Error("the demonstration has too few dossiers");
    return id;
  };
  return openPages(world, {
    ...{ personCount, firstId: FIRST_ID, name: "commente", prepare: async () => undefined },
    channels: (person) => [`private-dossier.${dossierOf(person)}`, `presence-dossier.${dossierOf(person)}`],
    event: EVENTS.commentCreated,
    idOf: (data) => (data as { id: string }).id,
    path: (person) => `/api/dossiers/${dossierOf(person)}/comments`,
    body: (id) => ({ id, content: "Vu, la pièce manque encore.", mentions: [] }),
  });
}
