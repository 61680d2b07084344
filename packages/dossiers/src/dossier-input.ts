import { optionalText, requiredText } from "@mgs/core/text-schema";
import { userIdSchema } from "@mgs/notifications/contract/schemas";
