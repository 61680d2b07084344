import { BUILT_IN_ROLES } from "@mgs/core/roles";
import { Option } from "commander";

/**
 * The option that names a role by its slug. Help and completion suggest the roles that every installation has; the use case
 * takes those that administrators have added as well.
 */
export function roleOption(description: string): Option {
  return new Option("--role <role>", description).choices(BUILT_IN_ROLES).argParser(String);
}
