import { parseJson5Object } from "./json5-edit.ts";

/** A channel's credential, which only one gateway at a time may use. */
export interface ChannelToken {
  /** Such as `telegram`. */
  channel: string;
  token: string;
}

const NAMES = new Set(["token", "botToken", "appToken"]);
/** The deepest location: `channels.<channel>.accounts.<account>`. */
const MAX_DEPTH = 4;

/** The plain-text tokens in `text`; none when it is no valid configuration. */
export function channelTokens(text: string): ChannelToken[] {
  let channels: unknown;
  try {
    channels = parseJson5Object(text).channels;
  } catch {
    return [];
  }
  return entriesOf(channels).flatMap(([channel, value]) =>
    tokensIn(value, MAX_DEPTH).map((token) => ({ channel, token })),
  );
}

function tokensIn(value: unknown, depth: number): string[] {
  if (depth === 0) return [];
  return entriesOf(value).flatMap(([key, inner]) => {
    if (typeof inner === "string")
      return NAMES.has(key) && inner !== "" && !inner.startsWith("${") ? [inner] : [];
    return tokensIn(inner, depth - 1);
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}
