/** Ends the command with exit code 2: a file cannot be read as what it should be, and nothing was written. */
export class WrongInput extends Error {
  override readonly name = "WrongInput";
}
