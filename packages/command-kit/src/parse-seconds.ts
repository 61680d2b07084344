import { InvalidArgumentError } from "commander";

/** An option's number of seconds. @throws InvalidArgumentError */
export function parseSeconds(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 600)) throw new InvalidArgumentError("It has to be a number of seconds up to 600.");
  return number;
}
