import type { PersonRef } from "./dossier";

/** How an opinion ("avis") is given; `refused` is none, with a reason. */
export const VERDICTS = ["favorable", "defavorable", "reserve", "refused"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const OPINION_STATES = ["open", "answered", "refused", "withdrawn"] as const;
export type OpinionState = (typeof OPINION_STATES)[number];

/** Who is asked: a person, or the people of a role. */
export type Asked = { kind: "person"; id: number; name: string } | { kind: "role"; slug: string; name: string };

/** An opinion, as a dossier's page and the API show it. */
export type OpinionDto = {
  id: string;
  asked: Asked;
  asked_by: PersonRef | null;
  asked_at: string;
  due_on: string | null;
  state: OpinionState;
  /** It is open, and its due date has passed. */
  overdue: boolean;
  /** Null for who may not read it, as are the verdict and the answer. */
  question: string | null;
  verdict: Verdict | null;
  answer: string | null;
  answered_by: PersonRef | null;
  answered_at: string | null;
  /** Its own thread of comments, for who may read it. */
  thread_id: string | null;
  may: { answer: boolean; withdraw: boolean };
};
