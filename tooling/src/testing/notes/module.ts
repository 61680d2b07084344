import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import { noteChannels } from "./channels";
import { noteWritten } from "./outbox-kinds";
import { notePermissions } from "./permissions";
import { NOTES_RETENTION } from "./retention";
import { noteRoutes } from "./routes";
import { notesTexts } from "./texts";

/** The smallest domain there is: people write notes, and their open pages hear of them. */
export const notes = defineModule({
  name: "notes",
  tables: ["notes"],
  texts: notesTexts,
  routes: noteRoutes,
  openApi: async () => (await import("./routes.openapi")).noteOpenApi,
  channels: noteChannels,
  permissions: notePermissions.table,
  navigation: async () => (await import("./navigation")).noteNavigation,
  outbox: [handle(noteWritten, async () => (await import("./announce-note")).announceNote)],
  retention: NOTES_RETENTION,
  commands: async () => (await import("./commands")).noteCommands,
});
