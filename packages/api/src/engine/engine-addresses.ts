/** Ports and networks on the engine's machine. Rejects as every method of `ContainerEngine`. */
export interface EngineAddresses {
  /**
   * The lowest port that neither `taken` names nor anything on the engine's machine uses: no
   * container, running or not, and no listener. Reserves nothing; `start` says when another program
   * was faster. Rejects with PORTS_EXHAUSTED.
   */
  allocatePort(taken: Iterable<number>): Promise<number>;

  /**
   * A private network for one instance, apart from all in `taken` (CIDRs), from the engine's other
   * networks, and from what its machine reaches otherwise. Reserves nothing; `deploy` says when it
   * is taken by now. Rejects with SUBNETS_EXHAUSTED.
   */
  allocateSubnet(taken: Iterable<string>): Promise<string>;

  /** Those of `ports` that are in use, each with its user: `the container web`, `another program`. */
  portsInUse(ports: Iterable<number>): Promise<ReadonlyMap<number, string>>;
}
