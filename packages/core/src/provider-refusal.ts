import { z } from "zod";
import type { Provider } from "./provider.ts";

/** An answer that no other key, model or address leads to. */
export const Refused = z.object({
  status: z.union([z.literal(401), z.literal(404)]),
  body: z.string(),
});
type Refused = z.output<typeof Refused>;

/** An error in OpenAI's protocol. */
const ErrorBody = z.object({ error: z.object({ message: z.string(), code: z.unknown() }) });

/** Why a server that speaks OpenAI's protocol refused a question, and what to do about it. */
export function refusalOf(
  { status, body }: Refused,
  { apiKey, baseUrl, modelId }: Provider,
): { reason: "PROVIDER_REFUSED" | "PROVIDER_NOT_FOUND"; said: string } {
  const told = messageIn(apiKey ? body.replaceAll(apiKey, "***") : body);
  const why = told === null ? `HTTP ${status}` : `HTTP ${status}: ${told.message}`;
  if (status === 401) {
    const said = apiKey
      ? `It refused the key (${why}). Check the key, then try again.`
      : `It wants a key (${why}). Enter one, then try again.`;
    return { reason: "PROVIDER_REFUSED", said };
  }
  const said = told?.isModel
    ? `It has no model ${modelId} (${why}). Choose one that it offers.`
    : `It knows no address ${baseUrl?.replace(/\/+$/, "")}/chat/completions (${why}). Check the address, which usually ends in /v1, and the model ${modelId}.`;
  return { reason: "PROVIDER_NOT_FOUND", said };
}

function messageIn(body: string): { message: string; isModel: boolean } | null {
  const parsed = ErrorBody.safeParse(parsedJson(body));
  if (!parsed.success) return null;
  const { message, code } = parsed.data.error;
  return { message, isModel: code === "model_not_found" || /\bmodel\b/i.test(message) };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
