import { archiveInvalid } from "../archive-invalid.ts";
import type { CodecPlatform } from "./platform.ts";

/** The pax records of our archives. */
export interface PaxRecords {
  path?: string;
  linkpath?: string;
  size?: number;
}

/**
 * Reads the records of a pax header: `<bytes> <key>=<value>\n`, one after the other. By length, not
 * by lines: a name may contain a line break.
 */
export function parsePax(
  body: Uint8Array,
  platform: Pick<CodecPlatform, "decodeUtf8">,
): PaxRecords {
  const records: PaxRecords = {};
  for (let at = 0; at < body.length; ) {
    const { record, size } = nextRecord(body.subarray(at), platform);
    at += size;
    const equals = record.indexOf("=");
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)];
    if (key === "path" && records.path === undefined) records.path = value;
    else if (key === "linkpath" && records.linkpath === undefined) records.linkpath = value;
    else if (key === "size" && records.size === undefined && /^[0-9]{1,16}$/.test(value))
      records.size = Number(value);
    else throw archiveInvalid("it holds a header that no backup has");
  }
  return records;
}

/** The text of the first record, without its length and line break. */
function nextRecord(
  body: Uint8Array,
  { decodeUtf8 }: Pick<CodecPlatform, "decodeUtf8">,
): { record: string; size: number } {
  const [digits = ""] = /^[1-9][0-9]{0,5} /.exec(String.fromCharCode(...body.subarray(0, 7))) ?? [];
  const size = Number(digits);
  if (size <= digits.length || size > body.length || body[size - 1] !== 0x0a)
    throw archiveInvalid("it holds a broken header");
  const record = decodeUtf8(body.subarray(digits.length, size - 1));
  if (record === null) throw archiveInvalid("it holds a name that is not UTF-8");
  return { record, size };
}
