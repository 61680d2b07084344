/** Ends the command with exit code 1; without a message, what there is to say has been printed. */
export class Failed extends Error {
  override readonly name = "Failed";
}
