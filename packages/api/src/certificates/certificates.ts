import type { SecureContext } from "node:tls";

/** A certificate, followed by those between it and its authority, and its key. PEM. */
export interface Certificate {
  cert: string | Buffer;
  key: string | Buffer;
}

/** The administrator's files, and their content at start-up. */
export interface GivenCertificate {
  cert: Buffer;
  key: Buffer;
  files: { cert: string; key: string };
}

/** The panel's own certificate authority, as everybody may see it. */
export interface AuthorityView {
  pem: string;
  /** SHA-256 in pairs of hexadecimal digits, as browsers and operating systems show it. */
  fingerprint: string;
  /** ISO-8601 UTC. */
  expiresAt: string;
}

/** The administrator's certificate, as administrators see it. */
export interface GivenView {
  file: string;
  /** ISO-8601 UTC. */
  expiresAt: string;
}

/** The certificates that TLS clients see. Drivers renew them while the panel runs. */
export interface Certificates extends AsyncDisposable {
  /**
   * Calls `present` with the panel's certificate at once, and again whenever it changes. It is also
   * for clients that ask for no name, as browsers do with an IP address.
   */
  follow(present: (panel: Certificate) => void): void;
  /** The certificate of one instance, by the name that a client asks for; null: the panel's. */
  forName(name: string): SecureContext | null;
  /**
   * Presents certificates for the names of now at once, where the panel issues them itself. Never
   * rejects: what fails is a notice, and is tried again.
   */
  renew(): Promise<void>;
  /** Whether browsers that trust its authority accept what is presented for this name. */
  covers(name: string): boolean;
  /** Null when the administrator gave the certificates. */
  authority(): AuthorityView | null;
  /** Null when the panel's own authority issues them. */
  given(): GivenView | null;
}

/** The clock of the panel's host. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Where the panel's own authority is kept. Nobody else may read it. */
export interface AuthorityFile {
  /** Null when there is none. */
  read(): Promise<string | null>;
  /** Atomic: after a crash there is the former text or this one. */
  write(text: string): Promise<void>;
  /** Moves it out of the way, and resolves with its name from then on. */
  setAside(): Promise<string>;
}
