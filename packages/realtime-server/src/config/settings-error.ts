import { ConfigurationError } from "@mgs/core/configuration-error";

/** Everything that is wrong with file and environment, in one error. Names and reasons, never values. */
export class SettingsError extends ConfigurationError {
  override readonly name = "SettingsError";

  constructor(problems: readonly string[]) {
    super("Settings are not usable", problems);
  }
}
