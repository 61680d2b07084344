import { defineModule } from "@mgs/module/module";
import { WRITING_RETENTION } from "./retention";

/** What every text that people write has alike: safe Markdown, mentions and drafts. The domains of comments and messages build on it. */
export const writing = defineModule({ name: "writing", tables: ["comment_drafts"], retention: WRITING_RETENTION });
