/** People, each with a record open. Five of them share one: what one writes the others see. */
export const PERSON_COUNT = 300;
export const QUICK_PERSON_COUNT = 20;
export const PEOPLE_PER_RECORD = 5;

/** Who writes a comment, and how. */
export type DiscussionSide = {
  /** The port that takes comments. */
  port: number;
  /** Makes the request with which a person writes a comment. @returns the bytes, and the status of success */
  write(person: number, id: string): { request: Buffer; status: number };
  /** Called with each comment that reaches a page: its id, and whose page. */
  onSeen(listener: (id: string, person: number) => void): void;
  stop(): Promise<void>;
};

/** Those who have the same record open, without the one who writes. */
export function othersOf(person: number): number[] {
  const first = person - (person % PEOPLE_PER_RECORD);
  return Array.from({ length: PEOPLE_PER_RECORD }, (_, index) => first + index).filter((one) => one !== person);
}
