/** User names, to show the owners of instances. */
export interface People {
  /** Null if there is no such user. */
  nameOf(userId: string | null): string | null;
  set(user: { id: string; username: string }): void;
  delete(userId: string): void;
  /** False until the first user exists and the panel is set up. */
  isAnybody(): boolean;
}

export function createPeople(users: readonly { id: string; username: string }[]): People {
  const names = new Map(users.map(({ id, username }) => [id, username]));
  return {
    nameOf: (userId) => (userId === null ? null : (names.get(userId) ?? null)),
    set: ({ id, username }) => void names.set(id, username),
    delete: (userId) => void names.delete(userId),
    isAnybody: () => names.size > 0,
  };
}
