/** The schema of a configuration, by the hash that the panel told. The browser keeps it for good. */
export type ReadSchema = (key: string) => Promise<unknown>;

export function createReadSchema(origin: string, token: () => string | null): ReadSchema {
  return async (key) => {
    const value = token();
    const headers = value === null ? {} : { authorization: `Bearer ${value}` };
    const response = await fetch(`${origin}/schemas/${key}`, { headers });
    if (!response.ok) throw new Error(`The panel answered ${response.status} instead of a schema.`);
    return response.json();
  };
}
