import { readFile } from "node:fs/promises";
import { decodeText } from "@mgs/http/csv/decode-text";
import { readCsv } from "@mgs/http/csv/read-csv";
import { UnreadableFile } from "@mgs/http/csv/unreadable-file";
import { z } from "zod";
import { WrongInput } from "./wrong-input";

const object = z.record(z.string(), z.unknown());

export type FileRecord = { line: number; record: Readonly<Record<string, unknown>> };

/**
 * Rows of a CSV file with a header line (RFC 4180; separated by comma, semicolon or tab), or of JSON Lines, each with the
 * line it starts on.
 * @param note hears what was assumed of the file: its encoding, what separates its columns
 * @throws WrongInput naming the file, the line and what is wrong with it, never what stands there
 */
export async function readRecords(file: string, note: (assumed: string) => void): Promise<FileRecord[]> {
  const isJson = /\.(jsonl|ndjson)$/i.test(file);
  if (!isJson && !/\.csv$/i.test(file)) throw new WrongInput(`${file}: the name has to end with .csv or .jsonl`);
  const bytes = await readBytes(file);
  try {
    if (!isJson) return readTable(file, bytes, note);
    const { text, assumed } = decodeText(bytes);
    if (assumed) note(`${file}: read as ${assumed}`);
    return readJsonLines(file, text);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new WrongInput(`${file}: ${error.message}`);
    throw error;
  }
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new WrongInput(`${file}: cannot be read (${code})`);
  }
}

function readTable(file: string, bytes: Buffer, note: (assumed: string) => void): FileRecord[] {
  const { records, encoding, delimiter } = readCsv(bytes);
  if (encoding) note(`${file}: read as ${encoding}`);
  if (delimiter !== "comma") note(`${file}: columns are separated by ${delimiter}`);
  return records;
}

function readJsonLines(file: string, text: string): FileRecord[] {
  return text.split("\n").flatMap((row, index) => {
    if (row.trim() === "") return [];
    const record = object.safeParse(jsonOf(row));
    if (!record.success) throw new WrongInput(`${file}: line ${index + 1} is no JSON object`);
    return [{ line: index + 1, record: record.data }];
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
