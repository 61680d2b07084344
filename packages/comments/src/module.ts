import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import type { Subject } from "@mgs/records/subject";
import { besideRoutesOf, moderationRoutes } from "./beside-routes";
import { commentChannels } from "./channels";
import { commentChanged, commentNotice } from "./outbox-kinds";
import { commentPermissions } from "./permissions";
import { presenceExpiry } from "./presence/expire-presence";
import type { PresencePorts } from "./presence/presence";
import { COMMENT_RETENTION } from "./retention";
import { commentRoutesOf } from "./routes";
import { commentTexts } from "./texts";

/**
 * Comments on every kind of record: threads, mentions, drafts, presence and moderation.
 * @param subjects the kinds of records of this process
 * @param ports what the composition knows of people
 */
export const comments = (subjects: readonly Subject[], ports: PresencePorts) =>
  defineModule({
    name: "comments",
    tables: [
      ...["comments", "comment_reactions", "comment_mentions", "comment_reports", "comment_threads"],
      ...["comment_thread_people", "comment_words", "comment_act_times", "presence_signs"],
    ],
    permissions: commentPermissions.table,
    navigation: async () => (await import("./navigation")).commentNavigation,
    routes: [
      ...subjects.flatMap((subject) => [...commentRoutesOf(subject), ...besideRoutesOf(subject, ports)]),
      ...moderationRoutes(subjects),
    ],
    openApi: async () => (await import("./routes.openapi")).commentOpenApi(subjects),
    channels: commentChannels(subjects),
    asyncApi: async () => (await import("./channels.asyncapi")).commentAsyncApi(subjects),
    retention: COMMENT_RETENTION,
    schedules: [presenceExpiry(subjects)],
    texts: commentTexts,
    outbox: [
      handle(commentNotice, async () => (await import("./notices/tell-comment-notice")).tellCommentNotice(subjects)),
      handle(commentChanged, async () => (await import("./live/announce-comment")).announceComment(subjects)),
    ],
  });
