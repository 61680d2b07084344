import { array, boolean, number, object, type ShapeOf, string } from "@mgs/core/shape";

/** A private discussion on a record, for named people and those of named roles. */
export const privateThread = object({
  id: string,
  title: string,
  people: array(object({ id: number, name: string })),
  roles: array(object({ slug: string, name: string })),
  created_at: string,
  /** Whether those who take part may invite others: not where the record itself decides who does, as with an opinion's. */
  may_invite: boolean,
});
export type PrivateThread = ShapeOf<typeof privateThread>;
export const privateThreads = array(privateThread);
