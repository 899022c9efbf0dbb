/**
 * Takes a one-time secret out of the address's fragment, which no server ever sees, and removes the
 * fragment, so that neither the history nor a copied address holds it.
 */
export function takeFromFragment(name: string): string {
  const value = new URLSearchParams(window.location.hash.slice(1)).get(name) ?? "";
  if (value !== "") window.history.replaceState(window.history.state, "", window.location.pathname);
  return value;
}
