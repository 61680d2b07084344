import { type Check, fail, ok } from "../check";

export const secrets: Check = {
  name: "secrets",
  title: "Secrets",
  advice: "Set them: .env.example says how each is made.",
  async run({ secretProblems }) {
    if (secretProblems.length === 0) return ok("all set, none of .env.example");
    return fail(secretProblems.join("; "), secrets.advice);
  },
};
