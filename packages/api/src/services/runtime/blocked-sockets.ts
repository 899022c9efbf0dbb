/**
 * The instances, by uid, to which a proxy in front of the panel lets no WebSocket through: the last
 * handshake of a user with access came without its Upgrade. Their pages say only that they do not
 * connect.
 */
export interface BlockedSockets {
  has(uid: string): boolean;
  /** A handshake came without its Upgrade, or whole. */
  note(uid: string, isBlocked: boolean): void;
}

export function createBlockedSockets(onChange: () => void): BlockedSockets {
  const blocked = new Set<string>();
  return {
    has: (uid) => blocked.has(uid),
    note(uid, isBlocked) {
      if (blocked.has(uid) === isBlocked) return;
      if (isBlocked) blocked.add(uid);
      else blocked.delete(uid);
      onChange();
    },
  };
}
