/** The one-time secret of a link, while its page is open. */
export interface FragmentSecret {
  /** Empty if the link has none. */
  readonly value: string;
  /** It is used up, or was refused. */
  forget(): void;
}

/**
 * Takes a one-time secret out of the address's fragment, which no server ever sees, and removes the
 * fragment, so that neither the history nor a copied address holds it. The tab keeps it until it is
 * forgotten: a page that loses a part on its way loads itself again, and would otherwise take its
 * link for one that is over.
 */
export function takeFromFragment(name: string): FragmentSecret {
  const { hash, pathname } = window.location;
  const key = `claw.fragment ${pathname} ${name}`;
  const given = new URLSearchParams(hash.slice(1)).get(name) ?? "";
  if (given !== "") {
    withStorage((storage) => storage.setItem(key, given));
    window.history.replaceState(window.history.state, "", pathname);
  }
  return {
    value: given || (withStorage((storage) => storage.getItem(key)) ?? ""),
    forget: () => withStorage((storage) => storage.removeItem(key)),
  };
}

function withStorage<Result>(use: (storage: Storage) => Result): Result | undefined {
  try {
    return use(window.sessionStorage);
  } catch {
    // Storage is denied: the secret lasts as long as the page.
    return undefined;
  }
}
