import { EVENTS } from "@mgs/realtime/names";
import { openPages } from "../discussion/pages";
import { type DiscussionSide, PEOPLE_PER_RECORD } from "../discussion/side";
import type { World } from "../world";

const FIRST_ID = 120_001;
/** Beside the conversations that the demonstration may have. */
const FIRST_CONVERSATION = 100_001;

/** Pages of conversations, five people in each, who write messages. */
export async function openMessagesProduct(world: World, personCount: number): Promise<DiscussionSide> {
  const conversationOf = (person: number) => FIRST_CONVERSATION + Math.floor(person / PEOPLE_PER_RECORD);
  return openPages(world, {
    ...{ personCount, firstId: FIRST_ID, name: "ecrit" },
    async prepare() {
      await world.database.query(
        `INSERT INTO conversations (id, name, created_by)
         SELECT $1::int + c, 'Chantier ' || c, $2::int + c * $4::int FROM generate_series(0, $3::int / $4::int - 1) c`,
        [FIRST_CONVERSATION, FIRST_ID, personCount, PEOPLE_PER_RECORD],
      );
      await world.database.query(
        `INSERT INTO conversation_members (conversation_id, user_id)
         SELECT $1::int + n / $4::int, $2::int + n FROM generate_series(0, $3::int - 1) n`,
        [FIRST_CONVERSATION, FIRST_ID, personCount, PEOPLE_PER_RECORD],
      );
    },
    channels: (person) => [`private-conversation.${conversationOf(person)}`],
    event: EVENTS.messageCreated,
    idOf: (data) => (data as { message: { id: string } }).message.id,
    path: (person) => `/api/conversations/${conversationOf(person)}/messages`,
    body: (id) => ({ id, content: "Vu, je regarde cet après-midi." }),
  });
}
