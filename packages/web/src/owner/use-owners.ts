import { type Accessor, createMemo } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { useMay } from "../session/may.ts";

/** Names of possible owners; undefined until loaded, and without permission to see users. */
export function useOwners(): Accessor<ReadonlySet<string> | undefined> {
  const may = useMay();
  const { users } = useApi().trpc;
  if (!may("assignOwners")) return () => undefined;
  const query = createQuery((signal) => users.list.query(undefined, { signal }));
  return createMemo(() => {
    const known = query.data();
    return known && new Set(known.map(({ username }) => username));
  });
}
