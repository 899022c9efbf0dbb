import { AGAIN_MS } from "./ask-again.ts";

/** The schema of a configuration, by the hash that the panel told. The browser keeps it for good. */
export type ReadSchema = (key: string) => Promise<unknown>;

export function createReadSchema(origin: string, token: () => string | null): ReadSchema {
  const ask = async (key: string): Promise<unknown> => {
    const value = token();
    const headers = value === null ? {} : { authorization: `Bearer ${value}` };
    const response = await fetch(`${origin}/schemas/${key}`, { headers });
    if (!response.ok) throw new Error(`The panel answered ${response.status} instead of a schema.`);
    return response.json();
  };
  return async (key) => {
    try {
      return await ask(key);
    } catch (error) {
      // So `fetch` says that there was no answer, or half of one; then as `askAgain` does.
      if (!(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      return ask(key);
    }
  };
}
