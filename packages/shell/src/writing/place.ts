/** Where a text is written: it decides who can be named, and where drafts are kept. */
export type WritingPlace = {
  /** Names it among the drafts of this browser. */
  key: string;
  /** Address of the API that finds whom a text can name. @param query `search=…` */
  mentionablePath: (query: string) => string;
  /** Address of the API that keeps drafts. */
  draftsPath: string;
};
