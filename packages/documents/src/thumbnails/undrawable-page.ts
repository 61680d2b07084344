/** A PDF whose first page cannot be drawn, within the limits of time and memory. */
export class UndrawablePage extends Error {
  override readonly name = "UndrawablePage";
}
